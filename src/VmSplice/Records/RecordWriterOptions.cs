namespace VmSplice;

/// <summary>How a <see cref="RecordWriter{T}"/> sends its stream. The reader must agree on <see cref="Framed"/>.</summary>
public sealed class RecordWriterOptions
{
    internal static readonly RecordWriterOptions Default = new();

    /// <summary>
    /// Gets whether the stream carries its header, the counts of its blocks and an end mark, by which the reader knows that it
    /// is the right stream and that all of it arrived. Default: <see langword="true"/>. Switch it off for a foreign reader,
    /// which then gets nothing but the records.
    /// </summary>
    public bool Framed { get; init; } = true;

    /// <summary>Gets the bytes to collect before they are sent; 0 (default) for 512 KiB.</summary>
    public int ChunkSize { get; init; }

    /// <summary>
    /// Gets whether a reader of ours may read long chunks where they lie, in memory that both processes have mapped: then nothing is copied
    /// in either direction. Default: <see langword="true"/>. It comes about by itself between two processes of one user, once a stream has
    /// sent 64 MiB; any other reader gets its bytes through the pipe, and so do records with texts or lists. Needs <see cref="Framed"/>.
    /// </summary>
    public bool InPlace { get; init; } = true;

    /// <summary>Gets whether disposing the record writer leaves the pipe's end open, for what follows this stream.</summary>
    public bool LeaveOpen { get; init; }
}
