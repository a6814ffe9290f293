using System.ComponentModel;

namespace VmSplice;

/// <summary>How a <see cref="SpliceWriter"/> sends.</summary>
public sealed class SpliceWriterOptions
{
    internal static readonly SpliceWriterOptions Default = new();

    /// <summary>Gets what is known of the reader. Default: <see cref="PipeReaderKind.Unknown"/>, which is right with any.</summary>
    public PipeReaderKind Reader { get; init; }

    /// <summary>
    /// Gets the pipe capacity to ask for in bytes. 0 (default) leaves a pipe that somebody has sized as it is; one that nobody
    /// has sized grows when that pays (<see cref="SplicePipe.Create"/>). A pipe is never made smaller.
    /// </summary>
    public int PipeCapacity { get; init; }

    /// <summary>
    /// Gets whether a header goes before each spliceable buffer, and an end mark behind the last. By them the reader knows which
    /// buffer it is, the lengths that vary, and that all arrived. Default: <see langword="true"/>. Both ends must agree. Switch
    /// it off for a foreign reader, which then gets nothing but the segments. Streams of records have
    /// <see cref="RecordWriterOptions.Framed"/> of their own.
    /// </summary>
    public bool Framed { get; init; } = true;

    /// <summary>Gets whether disposing the writer leaves the descriptor open.</summary>
    public bool LeaveOpen { get; init; }

    /// <summary>What the compiler finds where options are wanted and only the kind of reader is given: its error says the way out.</summary>
    /// <param name="reader">The kind.</param>
    /// <exception cref="NotSupportedException">Always; the compiler does not let it come so far.</exception>
    [Obsolete("The kind of reader is one of the options: new() { Reader = PipeReaderKind.Copying }.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static implicit operator SpliceWriterOptions(PipeReaderKind reader) => throw new NotSupportedException("Not callable.");
}
