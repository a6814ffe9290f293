namespace VmSplice;

/// <summary>How a <see cref="RecordReader{T}"/> reads its stream. The writer must agree on <see cref="Framed"/>.</summary>
public sealed class RecordReaderOptions
{
    internal static readonly RecordReaderOptions Default = new();

    /// <summary>
    /// Gets whether the stream carries its header, the counts of its blocks and an end mark. Default: <see langword="true"/>.
    /// Switch it off for a foreign sender, which sends nothing but records: then the end of the pipe is the end of the stream,
    /// and a stream that is cut between two records looks complete.
    /// </summary>
    public bool Framed { get; init; } = true;

    /// <summary>
    /// Gets the bytes to read at once (at most 1 GiB); 0 (default) for 512 KiB, or half of it where the sender shares its pages.
    /// </summary>
    public int ReadSize { get; init; }

    /// <summary>
    /// Gets whether records may be read in the sender's own memory, where it offers that. Default: <see langword="true"/>. Switch it off
    /// where the sender is not trusted: it could change a record after it was checked (docs/safety.md).
    /// </summary>
    public bool InPlace { get; init; } = true;

    /// <summary>
    /// Gets whether disposing the record reader leaves the pipe's end open, for what follows this stream: then no byte of that is taken.
    /// Default: <see langword="false"/>, the end is closed, and the reader takes what is there in one call, also behind the stream.
    /// </summary>
    public bool LeaveOpen { get; init; }
}
