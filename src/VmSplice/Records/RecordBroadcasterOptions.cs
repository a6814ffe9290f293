namespace VmSplice;

/// <summary>How a <see cref="RecordBroadcaster{T}"/> sends its stream.</summary>
public sealed class RecordBroadcasterOptions
{
    internal static readonly RecordBroadcasterOptions Default = new();

    /// <summary>Gets the bytes to collect before they are sent; 0 (default) for 512 KiB.</summary>
    public int ChunkSize { get; init; }

    /// <summary>Gets how many chunks a reader may be behind, at least 2; 0 (default) for 8. That is the memory of the stream.</summary>
    public int Backlog { get; init; }

    /// <summary>Gets what to do when a reader is a whole backlog behind. Default: <see cref="SlowReader.Wait"/>.</summary>
    public SlowReader SlowReader { get; init; }

    /// <summary>
    /// Gets how long to wait for a reader that takes nothing before it is dropped, where <see cref="SlowReader"/> says so: when it is a whole
    /// backlog behind, and when the stream is completed. Default: one second.
    /// </summary>
    public TimeSpan DropAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets whether readers of ours may read long chunks where they lie, in one memory for all of them (docs/in-place.md). Default:
    /// <see langword="true"/>. Any other reader gets its bytes through its pipe.
    /// </summary>
    public bool InPlace { get; init; } = true;

    /// <summary>
    /// Gets the sending ends of pipes whose readers get nothing but the records, as a <see cref="RecordWriter{T}"/> sends them that is not
    /// <see cref="RecordWriterOptions.Framed"/>: for foreign programs. They come behind the others in <see cref="RecordBroadcaster{T}.Readers"/>.
    /// </summary>
    public IReadOnlyList<SpliceWriter> ForeignReaders { get; init; } = [];

    /// <summary>
    /// Gets whether disposing the broadcaster leaves the pipes open for what follows this stream. Those of readers that left or were dropped are
    /// closed all the same.
    /// </summary>
    public bool LeaveOpen { get; init; }
}
