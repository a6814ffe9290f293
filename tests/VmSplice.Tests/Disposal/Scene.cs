namespace VmSplice.Tests.Disposal;

/// <summary>
/// A pipe in which nothing is, with a reader, and a pipe that is full, with a writer: whoever reads from the one or sends to
/// the other waits. And everything else that a call can use.
/// </summary>
internal sealed class Scene : IDisposable
{
    internal const int Capacity = 65_536;

    private readonly List<IDisposable> _more = [];
    private readonly SpliceWriter _feeder;
    private readonly SpliceReader _drain;

    internal Scene()
    {
        Empty = PipeSetup.OfCapacity(Capacity);
        Full = PipeSetup.OfCapacity(Capacity);
        Reader = Empty.OpenReader(PipeSetup.KeepReaderCapacity);
        _feeder = Empty.OpenWriter(PipeSetup.KeepWriterCapacity());
        Writer = Full.OpenWriter(PipeSetup.KeepWriterCapacity());
        _drain = Full.OpenReader(PipeSetup.KeepReaderCapacity);
        Writer.Write(new byte[Capacity].AsSpan());
    }

    internal SplicePipe Empty { get; }

    internal SplicePipe Full { get; }

    internal SpliceReader Reader { get; }

    internal SpliceWriter Writer { get; }

    /// <summary>Gets a buffer to read into or to send.</summary>
    internal PageBuffer<byte> Buffer { get; private set; }

    internal Picture Picture { get; private set; } = null!;

    internal RecordReader<Mark> Records { get; private set; } = null!;

    internal RecordWriter<Mark> RecordWriter { get; private set; } = null!;

    internal SpliceGather Gather { get; private set; } = null!;

    internal T Add<T>(T more)
        where T : IDisposable
    {
        _more.Add(more);
        return more;
    }

    internal void RentBuffer() => Buffer = Writer.Rent<byte>(100_000);

    internal void RentPicture() => Picture = Picture.Rent(Writer);

    internal void FillGather()
    {
        RentBuffer();
        Gather = Add(Writer.CreateGather());
        Gather.Add(Buffer);
    }

    internal void OpenRecords(bool leaveOpen) => Records = Add(new RecordReader<Mark>(Reader, new() { LeaveOpen = leaveOpen }));

    /// <summary>A record writer with some records that are not sent yet.</summary>
    internal void OpenRecordWriter(bool leaveOpen, int records = 3)
    {
        RecordWriter = new RecordWriter<Mark>(Writer, new() { LeaveOpen = leaveOpen, ChunkSize = 4096 });
        for (int i = 0; i < records; i++)
        {
            RecordWriter.Next() = default;
        }
    }

    /// <summary>Sends to whoever still reads, where anybody does.</summary>
    internal void Feed(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _feeder.Write(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody reads any more.
        }
    }

    public void Dispose()
    {
        foreach (IDisposable more in _more)
        {
            more.Dispose();
        }

        Writer.Dispose();
        Reader.Dispose();
        _feeder.Dispose();
        _drain.Dispose();
        try
        {
            RecordWriter?.Dispose();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Its stream is not complete.
        }

        Buffer.Dispose();
        Picture?.Dispose();
    }
}
