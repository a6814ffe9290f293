namespace VmSplice.Tests.Async;

/// <summary>Records that are copied in, by a call that waits without a thread where the pipe is full.</summary>
[Trait("Category", "Transport")]
public class RecordWritesAsyncTests
{
    private const int SmallChunk = 4096;

    [Theory]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(10_000, true)]
    [InlineData(10_000, false)]
    [InlineData(100_000, true)]
    public async Task RecordsOfAnyNumber_ArriveInOrder(int atOnce, bool framed)
    {
        const int Count = 100_000;
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        var writer = new RecordWriter<Tick>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity(PipeReaderKind.Copying)),
            new() { Framed = framed, ChunkSize = SmallChunk });
        using var reader = new RecordReader<Tick>(pipe.OpenReader(PipeSetup.KeepReaderCapacity), new() { Framed = framed });
        Task sending = SendAsync(writer, Count, atOnce);
        Assert.Equal(Count, await CountInOrderAsync(reader));
        await sending.InTime();
    }

    [Fact]
    public async Task ChunkWithRoom_TakesRecordsAtOnceAndSendsNothing()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter end = pipe.OpenWriter();
        await using var writer = new RecordWriter<Tick>(end);
        using SpliceReader reader = pipe.OpenReader();
        Assert.True(writer.WriteAsync(ReadOnlyMemory<Tick>.Empty).IsCompletedSuccessfully);
        Assert.Equal(0, writer.RecordsWritten);
        Assert.True(writer.WriteAsync(Ticks(0, writer.FreeSlots)).IsCompletedSuccessfully);
        Assert.Equal(0, writer.FreeSlots);
        Assert.True(writer.WriteAsync(ReadOnlyMemory<Tick>.Empty).IsCompletedSuccessfully);
        Assert.Equal(0, end.BytesUnread);
    }

    [Fact]
    public void PipeWithRoom_NothingIsAllocated()
    {
        const int Rounds = 10_000;
        using SplicePipe pipe = SplicePipe.Create();
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter(), new() { ChunkSize = SmallChunk });
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        Tick[] ticks = Ticks(0, 1_000);
        Round(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(Rounds);

        // Not exactly zero: a collection that another test causes takes the rest of this thread's allocation buffer, up to 8 KiB.
        Garbage.AssertNone(GC.GetAllocatedBytesForCurrentThread() - before, Rounds);

        void Round(int times)
        {
            for (int i = 0; i < times; i++)
            {
                long sent = reader.RecordsRead;
                Assert.True(writer.WriteAsync(ticks).IsCompletedSuccessfully);
                writer.Flush();
                while (reader.RecordsRead < sent + ticks.Length)
                {
                    Assert.False(reader.ReadBatch().IsEmpty);
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CancelledBeforeAChunkWasTouched_GoesOnBehindTheRecordsThatWereTaken(bool framed)
    {
        const int Count = 10_000;
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        SpliceWriter end = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        var writer = new RecordWriter<Tick>(end, new() { Framed = framed, ChunkSize = SmallChunk });
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        end.Write(new byte[WaitingSend.Capacity].AsSpan());
        using CancellationTokenSource source = new();
        ValueTask write = writer.WriteAsync(Ticks(0, Count), source.Token);
        Assert.False(write.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.InTime());
        int taken = (int)writer.RecordsWritten;
        Assert.InRange(taken, 1, SmallChunk);

        reader.ReadExactly(new byte[WaitingSend.Capacity]);
        Task rest = SendAsync(writer, Count, Count, first: taken);
        using var records = new RecordReader<Tick>(reader, new() { Framed = framed });
        Assert.Equal(Count, await CountInOrderAsync(records));
        await rest.InTime();
    }

    [Fact]
    public async Task CancelledAfterAPartWasAccepted_WriterSaysSoForEver()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        await using var writer = new RecordWriter<Tick>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity()));
        using CancellationTokenSource source = new();
        ValueTask write = writer.WriteAsync(Ticks(0, 100_000), source.Token);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.InTime());
        Assert.IsType<IncompleteSendException>(canceled.InnerException);
        await Assert.ThrowsAsync<IncompleteSendException>(async () => await writer.WriteAsync(Ticks(0, 1)));
    }

    [Fact]
    public async Task CancelledBeforehand_TakesNothing()
    {
        using SplicePipe pipe = SplicePipe.Create();
        await using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.WriteAsync(Ticks(0, 1), new CancellationToken(canceled: true)));
        Assert.Equal(0, writer.RecordsWritten);
    }

    [Fact]
    public async Task ReaderThatLeaves_IsABrokenPipeInRecords()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        await using var writer = new RecordWriter<Tick>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity()));
        SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        ValueTask write = writer.WriteAsync(Ticks(0, 100_000));
        Assert.False(write.IsCompleted);
        reader.Dispose();
        BrokenPipeException broken = await Assert.ThrowsAsync<BrokenPipeException>(() => write.InTime());
        Assert.InRange(broken.RecordsAccepted!.Value, 1, 99_999);
    }

    [Fact]
    public async Task CompletedStream_TakesNothingMore()
    {
        using SplicePipe pipe = SplicePipe.Create();
        await using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        await writer.CompleteAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await writer.WriteAsync(Ticks(0, 1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await writer.WriteAsync(ReadOnlyMemory<Tick>.Empty));
    }

    private static async Task SendAsync(RecordWriter<Tick> writer, int count, int atOnce, int first = 0)
    {
        await using (writer)
        {
            for (int i = first; i < count; i += atOnce)
            {
                await writer.WriteAsync(Ticks(i, Math.Min(atOnce, count - i)));
            }

            await writer.CompleteAsync();
        }
    }

    private static async Task<long> CountInOrderAsync(RecordReader<Tick> reader)
    {
        long seen = 0;
        await foreach (ReadOnlyMemory<Tick> batch in reader)
        {
            foreach (Tick tick in batch.Span)
            {
                Assert.True(tick.IsAt(seen++));
            }
        }

        return seen;
    }

    private static Tick[] Ticks(long first, int count)
    {
        var ticks = new Tick[count];
        for (int i = 0; i < count; i++)
        {
            ticks[i] = Tick.At(first + i);
        }

        return ticks;
    }
}
