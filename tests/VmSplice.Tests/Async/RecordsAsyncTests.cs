namespace VmSplice.Tests.Async;

/// <summary>Streams of records without a thread that waits.</summary>
[Trait("Category", "Transport")]
public class RecordsAsyncTests
{
    private const int Count = 100_000;

    [Theory]
    [InlineData(PipeReaderKind.Unknown, true)]
    [InlineData(PipeReaderKind.Copying, true)]
    [InlineData(PipeReaderKind.Copying, false)]
    public async Task ARecordStream_ArrivesWholeOverASmallPipe(PipeReaderKind kind, bool header)
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        var writer = new RecordWriter<Tick>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity(kind)), new RecordWriterOptions { Framed = header });
        using var reader = new RecordReader<Tick>(pipe.OpenReader(PipeSetup.KeepReaderCapacity), new RecordReaderOptions { Framed = header });
        Task sending = SendAsync(writer, Count);
        long seen = 0;
        await foreach (ReadOnlyMemory<Tick> batch in reader)
        {
            foreach (Tick tick in batch.Span)
            {
                Assert.True(tick.IsAt(seen++));
            }
        }

        await sending.InTime();
        Assert.Equal(Count, seen);
        Assert.Equal(Count, reader.RecordsRead);
    }

    [Fact]
    public async Task BlockingWriterAndAsyncReader_Agree()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using var reader = new RecordReader<Order>(pipe.OpenReader());
        Background sender = Background.Run(() =>
        {
            using var writer = new RecordWriter<Order>(pipe.OpenWriter());
            for (int i = 0; i < Count; i++)
            {
                writer.Next() = Order.At(i);
            }

            writer.Complete();
        });
        long seen = 0;
        await foreach (ReadOnlyMemory<Order> batch in reader)
        {
            foreach (Order order in batch.Span)
            {
                Assert.True(order.IsAt(seen++));
            }
        }

        sender.Join();
        Assert.Equal(Count, seen);
    }

    [Fact]
    public async Task FlushCancelledBeforeAnythingWasAccepted_RecordsStay()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        SpliceWriter end = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        var writer = new RecordWriter<Tick>(end, new RecordWriterOptions { Framed = false });
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        end.Write(new byte[WaitingSend.Capacity]);
        Write(writer, 0, 3_000);
        using CancellationTokenSource source = new();
        ValueTask flush = writer.FlushAsync(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.InTime());
        Assert.Equal(3_000, writer.RecordsWritten);
        Write(writer, 3_000, 1_000);
        ValueTask again = CompleteAndDisposeAsync(writer);
        reader.ReadExactly(new byte[WaitingSend.Capacity]);
        using var records = new RecordReader<Tick>(reader, new RecordReaderOptions { Framed = false });
        long seen = 0;
        await foreach (ReadOnlyMemory<Tick> batch in records)
        {
            foreach (Tick tick in batch.Span)
            {
                Assert.True(tick.IsAt(seen++));
            }
        }

        await again.InTime();
        Assert.Equal(4_000, seen);
    }

    [Fact]
    public async Task FlushCancelledAfterAPartWasAccepted_WriterSaysSoForEver()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        var writer = new RecordWriter<Tick>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity()));
        Write(writer, 0, 10_000);
        using CancellationTokenSource source = new();
        ValueTask flush = writer.FlushAsync(source.Token);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.InTime());
        Assert.IsType<IncompleteSendException>(canceled.InnerException);
        Assert.Throws<IncompleteSendException>(writer.Flush);
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task ReaderThatLeaves_IsABrokenPipeInRecords()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        var writer = new RecordWriter<Tick>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity()));
        SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        Write(writer, 0, 10_000);
        ValueTask flush = writer.FlushAsync();
        reader.Dispose();
        BrokenPipeException broken = await Assert.ThrowsAsync<BrokenPipeException>(() => flush.InTime());
        Assert.InRange(broken.RecordsAccepted!.Value, 1, 9_999);
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task MemberCalledWhileAFlushRuns_IsRefused()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        var writer = new RecordWriter<Tick>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity()));
        using var reader = new RecordReader<Tick>(pipe.OpenReader(PipeSetup.KeepReaderCapacity));
        Write(writer, 0, 10_000);
        ValueTask flush = writer.FlushAsync();
        Assert.False(flush.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => writer.Next());
        Assert.Throws<InvalidOperationException>(() => { _ = writer.FlushAsync(); });
        for (long seen = 0; seen < 10_000; seen += (await reader.ReadBatchAsync().InTime()).Length)
        {
        }

        await flush.InTime();
        Assert.Equal(10_000, writer.RecordsWritten);
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task MemberCalledWhileTheHeaderWaits_IsRefused()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(WaitingSend.Capacity);
        SpliceWriter end = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        end.Write(new byte[WaitingSend.Capacity]);
        var writer = new RecordWriter<Tick>(end);

        // The first record sends nothing yet, which would block.
        await Task.Run(() => Write(writer, 0, 10)).InTime();
        ValueTask flush = writer.FlushAsync();
        Assert.False(flush.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => writer.Next());
        Assert.Throws<InvalidOperationException>(() => writer.Write(Tick.At(0)));
        Assert.Throws<InvalidOperationException>(() => writer.GetSpan().Length);
        Assert.Throws<InvalidOperationException>(() => writer.Advance(1));
        reader.ReadExactly(new byte[WaitingSend.Capacity]);
        await flush.InTime();
        Write(writer, 10, 10);
        await CompleteAndDisposeAsync(writer);
        using var records = new RecordReader<Tick>(reader);
        long seen = 0;
        foreach (ref readonly Tick tick in records)
        {
            Assert.True(tick.IsAt(seen++));
        }

        Assert.Equal(20, seen);
    }

    [Fact]
    public async Task StreamThatIsCut_SaysSo()
    {
        using SplicePipe pipe = SplicePipe.Create();
        var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        Write(writer, 0, 100);
        await writer.FlushAsync().InTime();
        Assert.Equal(100, (await reader.ReadBatchAsync().InTime()).Length);
        ValueTask<ReadOnlyMemory<Tick>> next = reader.ReadBatchAsync();
        await writer.DisposeAsync();
        RecordStreamException cut = await Assert.ThrowsAsync<RecordStreamException>(() => next.InTime());
        Assert.Equal(100, cut.RecordIndex);
    }

    [Fact]
    public async Task BatchRead_Cancelled_NothingIsLost()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        await using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        using CancellationTokenSource source = new();
        ValueTask<ReadOnlyMemory<Tick>> batch = reader.ReadBatchAsync(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.InTime());
        Write(writer, 0, 5);
        await writer.FlushAsync().InTime();
        ReadOnlyMemory<Tick> first = await reader.ReadBatchAsync().InTime();
        Assert.True(first.Span[0].IsAt(0));
        Assert.Equal(5, first.Length);
    }

    [Fact]
    public async Task BatchOfADisposedReader_Throws()
    {
        using SplicePipe pipe = SplicePipe.Create();
        await using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        var reader = new RecordReader<Tick>(pipe.OpenReader(new SpliceReaderOptions { LeaveOpen = true }));
        Write(writer, 0, 5);
        await writer.FlushAsync().InTime();
        ReadOnlyMemory<Tick> batch = await reader.ReadBatchAsync().InTime();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => batch.Span.Length);
    }

    private static async Task SendAsync(RecordWriter<Tick> writer, int count)
    {
        await using (writer)
        {
            for (int i = 0; i < count; i++)
            {
                if (writer.FreeSlots == 0)
                {
                    await writer.FlushAsync();
                }

                writer.Next() = Tick.At(i);
            }

            await writer.CompleteAsync();
        }
    }

    private static async ValueTask CompleteAndDisposeAsync(RecordWriter<Tick> writer)
    {
        await using (writer)
        {
            await writer.CompleteAsync();
        }
    }

    private static void Write(RecordWriter<Tick> writer, long first, int count)
    {
        for (long i = first; i < first + count; i++)
        {
            writer.Next() = Tick.At(i);
        }
    }
}
