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
    /// forwarding asks (<see cref="SpliceReader.SpliceTo(SpliceWriter, long)"/>); to read is to copy.
    /// </summary>
    public PipeSenderKind Sender { get; init; }

    /// <summary>Gets whether disposing the reader leaves the descriptor open.</summary>
    public bool LeaveOpen { get; init; }
}
