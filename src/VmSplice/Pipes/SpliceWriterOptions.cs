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

    /// <summary>Gets whether disposing the writer leaves the descriptor open.</summary>
    public bool LeaveOpen { get; init; }
}
