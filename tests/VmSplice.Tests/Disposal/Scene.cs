using System.IO.Pipelines;

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
    private readonly LongSleep _sleep = new();

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

    internal SpliceLink Link { get; private set; } = null!;

    internal Stream Stream { get; private set; } = null!;

    internal PipeWriter PipeWriter { get; private set; } = null!;

    internal PipeReader PipeReader { get; private set; } = null!;

    internal TemporaryFifo Fifo { get; private set; } = null!;

    /// <summary>Gets what a token comes from that a call is given.</summary>
    internal CancellationTokenSource Cancellation { get; } = new();

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

    /// <summary>A child that neither reads nor writes nor ends.</summary>
    internal void StartLink(string first = "")
    {
        Link = Add(SpliceLink.Start(Child.Shell($"{first}exec sleep {_sleep.Seconds}")));
        _sleep.UntilItRuns();
    }

    internal void MakeFifo() => Fifo = Add(new TemporaryFifo());

    /// <summary>As a reader and a writer, which is both sides of it.</summary>
    internal void OpenOtherSide() => Add(File.OpenHandle(Fifo.Path, FileMode.Open, FileAccess.ReadWrite));

    internal void OpenReadStream() => Stream = Add(Reader.AsStream());

    internal void OpenWriteStream() => Stream = Add(Writer.AsStream());

    internal void OpenPipeReader() => PipeReader = Reader.AsPipeReader(leaveOpen: true);

    /// <summary>Something is written and not flushed.</summary>
    internal void OpenPipeWriter()
    {
        PipeWriter = Writer.AsPipeWriter(leaveOpen: true);
        PipeWriter.GetSpan(10);
        PipeWriter.Advance(10);
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
        PipeWriter?.Complete(new IOException("The scene is over."));
        _sleep.Dispose();
        Link?.Child.WaitForExit();
        Link?.Child.Dispose();
        Cancellation.Dispose();
    }
}
