namespace VmSplice.Tests.InPlace;

/// <summary>A broadcaster and some readers of this process, each of a pipe of its own.</summary>
internal sealed class Audience : IDisposable
{
    /// <summary>Chunks that a reader may be behind.</summary>
    internal const int Backlog = 4;

    private readonly SplicePipe[] _pipes;
    private readonly long[] _read;

    internal Audience(int readers, RecordBroadcasterOptions? options = null, RecordReaderOptions? readerOptions = null, int capacity = Exchange.Capacity)
    {
        _pipes = [.. Enumerable.Range(0, readers).Select(_ => SplicePipe.Create(capacity))];
        _read = new long[readers];
        Readers = [.. _pipes.Select(pipe => new RecordReader<Tick>(pipe.OpenReader(), readerOptions))];
        Broadcaster = new RecordBroadcaster<Tick>(_pipes.Select(pipe => pipe.OpenWriter()), options ?? Options());
    }

    internal RecordBroadcaster<Tick> Broadcaster { get; }

    internal RecordReader<Tick>[] Readers { get; }

    internal SplicePipe[] Pipes => _pipes;

    internal static RecordBroadcasterOptions Options(SlowReader slowReader = SlowReader.Wait, bool inPlace = true, int dropAfter = 200, bool leaveOpen = false)
        => new()
    {
        ChunkSize = Exchange.ChunkSize,
        Backlog = Backlog,
        SlowReader = slowReader,
        DropAfter = TimeSpan.FromMilliseconds(dropAfter),
        InPlace = inPlace,
        LeaveOpen = leaveOpen,
    };

    /// <summary>Sends two chunks, of which each reader gets the first through its pipe, and joins; the second is in place.</summary>
    internal Audience Begin()
    {
        for (int i = 0; i < 2; i++)
        {
            Send();
            for (int reader = 0; reader < Readers.Length; reader++)
            {
                Receive(reader);
            }
        }

        Assert.All(Broadcaster.Readers, static reader => Assert.True(reader.IsInPlace));
        return this;
    }

    /// <summary>Writes a chunk and flushes it.</summary>
    internal void Send(int records = 0)
    {
        for (int i = 0; i < (records == 0 ? Exchange.RecordsOfChunk : records); i++)
        {
            Broadcaster.Write(Tick.At(Broadcaster.RecordsWritten));
        }

        Broadcaster.Flush();
    }

    internal async Task SendAsync()
    {
        for (int i = 0; i < Exchange.RecordsOfChunk; i++)
        {
            Broadcaster.Write(Tick.At(Broadcaster.RecordsWritten));
        }

        await Broadcaster.FlushAsync();
    }

    /// <summary>Reads and checks what one reader has not read yet, up to what was written; returns the last batch, which is still its own.</summary>
    internal ReadOnlySpan<Tick> Receive(int reader, long upTo = long.MaxValue)
    {
        ReadOnlySpan<Tick> batch = default;
        while (_read[reader] < Math.Min(upTo, Broadcaster.RecordsWritten))
        {
            batch = Readers[reader].ReadBatch();
            Check(reader, batch);
        }

        return batch;
    }

    /// <summary>Reads and checks everything to the end.</summary>
    internal long ReceiveToTheEnd(int reader)
    {
        ReadOnlySpan<Tick> batch;
        while (!(batch = Readers[reader].ReadBatch()).IsEmpty)
        {
            Check(reader, batch);
        }

        return _read[reader];
    }

    /// <summary>Reads and checks everything up to the failure that must come.</summary>
    internal RecordStreamException ReceiveToTheFailure(int reader)
    {
        RecordStreamException e = Assert.Throws<RecordStreamException>((Action)(() => ReceiveToTheEnd(reader)));
        Assert.Equal(StreamFault.Cut, e.Fault);
        Assert.Equal(_read[reader], e.RecordIndex);
        return e;
    }

    internal static async Task AssertWaitsAsync(Task task, int milliseconds)
        => Assert.NotSame(task, await Task.WhenAny(task, Task.Delay(milliseconds)));

    public void Dispose()
    {
        Broadcaster.Dispose();
        foreach (RecordReader<Tick> reader in Readers)
        {
            reader.Dispose();
        }

        foreach (SplicePipe pipe in _pipes)
        {
            pipe.Dispose();
        }
    }

    private void Check(int reader, ReadOnlySpan<Tick> batch)
    {
        foreach (ref readonly Tick tick in batch)
        {
            Assert.True(tick.IsAt(_read[reader]), $"record {_read[reader]} of reader {reader} is wrong");
            _read[reader]++;
        }
    }
}
