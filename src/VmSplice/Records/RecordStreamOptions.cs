namespace VmSplice;

/// <summary>How records are laid out in a stream. Both ends must agree on <see cref="Header"/>.</summary>
public sealed class RecordStreamOptions
{
    internal static readonly RecordStreamOptions Default = new();

    /// <summary>
    /// Gets whether the stream carries its header and the counts of its blocks, by which the reader knows that it is the
    /// right stream and that all of it arrived. Default: <see langword="true"/>. Switch it off for a foreign reader,
    /// which then gets nothing but the records.
    /// </summary>
    public bool Header { get; init; } = true;

    /// <summary>
    /// Gets the bytes to collect before they are sent, or to read at once (at most 1 GiB); 0 (default) for chunks of 512 KiB,
    /// and as much a read, or half of it where the sender shares its pages.
    /// </summary>
    public int ChunkSize { get; init; }

    /// <summary>Gets whether disposing the record writer or reader leaves the pipe's end open.</summary>
    public bool LeaveOpen { get; init; }
}
