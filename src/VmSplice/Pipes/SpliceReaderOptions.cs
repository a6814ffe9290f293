using System.ComponentModel;

namespace VmSplice;

/// <summary>How a <see cref="SpliceReader"/> reads.</summary>
public sealed class SpliceReaderOptions
{
    internal static readonly SpliceReaderOptions Default = new();

    /// <summary>
    /// Gets the pipe capacity to ask for in bytes. 0 (default) leaves a pipe that somebody has sized as it is; one that nobody
    /// has sized grows when that pays (<see cref="SplicePipe.Create"/>). A pipe is never made smaller.
    /// </summary>
    public int PipeCapacity { get; init; }

    /// <summary>
    /// Gets what is known of the sender. Default: <see cref="PipeSenderKind.Unknown"/>, which is right with any. Only
    /// forwarding asks (<see cref="SpliceReader.Forward(SpliceWriter, long)"/>); to read is to copy.
    /// </summary>
    public PipeSenderKind Sender { get; init; }

    /// <summary>
    /// Gets whether a header goes before each spliceable buffer, and an end mark behind the last. By them the reader knows which
    /// buffer it is, the lengths that vary, and that all arrived. Default: <see langword="true"/>. Both ends must agree. Switch
    /// it off for a foreign sender, which sends nothing but the segments. Streams of records have
    /// <see cref="RecordReaderOptions.Framed"/> of their own.
    /// </summary>
    public bool Framed { get; init; } = true;

    /// <summary>Gets whether disposing the reader leaves the descriptor open.</summary>
    public bool LeaveOpen { get; init; }

    /// <summary>What the compiler finds where options are wanted and only the kind of sender is given: its error says the way out.</summary>
    /// <param name="sender">The kind.</param>
    /// <exception cref="NotSupportedException">Always; the compiler does not let it come so far.</exception>
    [Obsolete("The kind of sender is one of the options: new() { Sender = PipeSenderKind.Immutable }.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static implicit operator SpliceReaderOptions(PipeSenderKind sender) => throw new NotSupportedException("Not callable.");
}
