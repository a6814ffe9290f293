namespace VmSplice;

/// <summary>How a <see cref="SpliceReader"/> reads.</summary>
public sealed class SpliceReaderOptions
{
    internal static readonly SpliceReaderOptions Default = new();

    /// <summary>Gets the pipe capacity to ask for in bytes; 0 (default) for the largest that this user is given. A pipe is never made smaller.</summary>
    public int PipeCapacity { get; init; }

    /// <summary>
    /// Gets whether the sender is a program of others that gives memory to vmsplice(2) and reuses it once the pipe was
    /// read. Such a stream is forwarded by copying (<see cref="SpliceReader.SpliceTo(SpliceWriter, long)"/>). A
    /// <see cref="SpliceWriter"/> that reuses its pages says so by itself.
    /// </summary>
    public bool SenderRecycles { get; init; }

    /// <summary>Gets whether disposing the reader leaves the descriptor open.</summary>
    public bool LeaveOpen { get; init; }
}
