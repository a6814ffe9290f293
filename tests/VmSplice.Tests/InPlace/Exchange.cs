namespace VmSplice.Tests.InPlace;

/// <summary>A writer and a reader of one pipe, both of this process, whose stream has come so far that it is read in place.</summary>
internal sealed class Exchange : IDisposable
{
    /// <summary>Of 64 KiB: four of them are less than the memory, so that there are many blocks in it.</summary>
    internal const int ChunkSize = 64 * 1024;

    /// <summary>Of the pipe: a chunk fits before anybody reads, also where the kernel shares no pages and pipes are not grown.</summary>
    internal const int Capacity = 1024 * 1024;

    private long _written;
    private long _read;

    internal Exchange(RecordWriterOptions? writerOptions = null, RecordReaderOptions? readerOptions = null, SplicePipe? pipe = null)
    {
        Pipe = pipe ?? SplicePipe.Create(Exchange.Capacity);
        SendingEnd = Pipe.OpenWriter();
        Writer = new RecordWriter<Tick>(SendingEnd, writerOptions ?? new RecordWriterOptions { ChunkSize = ChunkSize });
        Reader = new RecordReader<Tick>(Pipe.OpenReader(), readerOptions);
    }

    internal SplicePipe Pipe { get; }

    internal SpliceWriter SendingEnd { get; }

    internal RecordWriter<Tick> Writer { get; }

    internal RecordReader<Tick> Reader { get; }

    internal static int RecordsOfChunk => (ChunkSize / 24) - 3;

    /// <summary>Sends a few chunks and reads them, so that the reader has joined if it ever does.</summary>
    internal Exchange Begin()
    {
        for (int i = 0; i < 4; i++)
        {
            Send(RecordsOfChunk);
            ReceiveAll();
        }

        return this;
    }

    /// <summary>Writes so many records and flushes them.</summary>
    internal void Send(int records)
    {
        Write(records);
        Writer.Flush();
    }

    /// <summary>Writes so many records.</summary>
    internal void Write(int records)
    {
        for (int i = 0; i < records; i++)
        {
            Writer.Write(Tick.At(_written++));
        }
    }

    /// <summary>So many records more are sent by somebody else.</summary>
    internal void Expect(int records) => _written += records;

    /// <summary>What was written is all that comes.</summary>
    internal void ExpectAll() => _written = Writer.RecordsWritten;

    /// <summary>Reads and checks what was sent, and returns the last batch, which is still the reader's.</summary>
    internal ReadOnlySpan<Tick> ReceiveAll()
    {
        ReadOnlySpan<Tick> batch = default;
        while (_read < _written)
        {
            batch = Reader.ReadBatch();
            foreach (ref readonly Tick tick in batch)
            {
                Assert.True(tick.IsAt(_read), $"record {_read} is wrong");
                _read++;
            }
        }

        return batch;
    }

    public void Dispose()
    {
        Writer.Dispose();
        Reader.Dispose();
        Pipe.Dispose();
    }
}
