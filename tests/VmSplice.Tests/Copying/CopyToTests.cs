namespace VmSplice.Tests.Copying;

/// <summary>What is left of a stream goes to a record writer: all of it, in order, as soon as it came, and the writer stays its owner's.</summary>
[Trait("Category", "Transport")]
public class CopyToTests
{
    private const int Count = 100_000;

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public async Task AllThatIsLeft_ArrivesInOrder(bool sourceFramed, bool targetFramed, bool asynchronous)
    {
        using SplicePipe pipe = SplicePipe.Create(1 << 20);
        using SplicePipe second = SplicePipe.Create(1 << 20);
        Background writing = Background.Run(() => Ticks.Send(pipe, 0, Count, new RecordWriterOptions { Framed = sourceFramed }));
        Background checking = Background.Run(() => Ticks.AssertAll(second, 0, Count, new RecordReaderOptions { Framed = targetFramed }));
        using var reader = new RecordReader<Tick>(pipe.OpenReader(), new RecordReaderOptions { Framed = sourceFramed });
        using var target = new RecordWriter<Tick>(second.OpenWriter(), new RecordWriterOptions { Framed = targetFramed, ChunkSize = 4_096 });
        int before = Ticks.Pass(reader.ReadBatch(), target);
        long copied = asynchronous ? await reader.CopyToAsync(target) : reader.CopyTo(target);
        target.Complete();
        target.Dispose();
        Assert.Equal((Count - before, Count, Count), (copied, reader.RecordsRead, target.RecordsWritten));
        Assert.True(reader.ReadBatch().IsEmpty);
        writing.Join();
        checking.Join();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatCame_IsSentBeforeMoreIsWaitedFor(bool asynchronous)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        using var target = new RecordWriter<Tick>(second.OpenWriter());
        using var end = new RecordReader<Tick>(second.OpenReader());

        // What the target had goes first, also before the first record comes.
        target.Write(Tick.At(0));
        Task<long> copying = asynchronous ? reader.CopyToAsync(target) : Task.Run(() => reader.CopyTo(target));
        Assert.True(end.ReadBatch()[0].IsAt(0));
        for (int i = 1; i < 100; i++)
        {
            writer.Write(Tick.At(i));
            writer.Flush();
            ReadOnlySpan<Tick> batch = end.ReadBatch();
            Assert.Equal(1, batch.Length);
            Assert.True(batch[0].IsAt(i));
        }

        writer.Complete();
        Assert.Equal(99, await copying);

        // It stays open.
        target.Write(Tick.At(100));
        target.Complete();
        Assert.True(end.ReadBatch()[0].IsAt(100));
        Assert.True(end.ReadBatch().IsEmpty);
    }

    [Fact]
    public void FlushesThatWait_GoOnInOneBlock()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter()))
        {
            for (int i = 0; i < 20; i++)
            {
                writer.Write(Tick.At(i));
                writer.Flush();
            }

            writer.Complete();
        }

        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        using var target = new RecordWriter<Tick>(second.OpenWriter());
        Assert.Equal(20, reader.CopyTo(target));
        target.Complete();
        using var end = new RecordReader<Tick>(second.OpenReader());
        Assert.Equal(20, end.ReadBatch().Length);
    }

    [Fact]
    public void EmptyStream_CopiesNothing()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        Ticks.Send(pipe, 0, 0);
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        using var target = new RecordWriter<Tick>(second.OpenWriter());
        Assert.Equal(0, reader.CopyTo(target));
        Assert.Equal(0, reader.CopyTo(target));
        target.Complete();
        Ticks.AssertAll(second, 0, 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamThatIsCut_ThrowsBehindWhatCame(bool asynchronous)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter()))
        {
            writer.Write([Tick.At(0), Tick.At(1)]);
            writer.Flush();
        }

        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        using var target = new RecordWriter<Tick>(second.OpenWriter());
        using var end = new RecordReader<Tick>(second.OpenReader());
        for (int i = 0; i < 2; i++)
        {
            RecordStreamException e = asynchronous
                ? await Assert.ThrowsAsync<RecordStreamException>(() => reader.CopyToAsync(target))
                : Assert.Throws<RecordStreamException>(() => reader.CopyTo(target));
            Assert.Equal((StreamFault.Cut, 2L), (e.Fault, e.RecordIndex));
        }

        Assert.Equal(2, end.ReadBatch().Length);
        Assert.Equal((2, 2), (reader.RecordsRead, target.RecordsWritten));
    }

    [Fact]
    public void BatchOfBefore_IsStale()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        Ticks.Send(pipe, 0, 10);
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        using var target = new RecordWriter<Tick>(second.OpenWriter());
#pragma warning disable xUnit1031 // It is there.
        ReadOnlyMemory<Tick> batch = reader.ReadBatchAsync().AsTask().Result;
#pragma warning restore xUnit1031
        Assert.Equal(10, batch.Length);
        reader.CopyTo(target);
        Assert.Throws<ObjectDisposedException>(() => batch.Span.Length);
    }

    [Fact]
    public async Task WhoCannotCopy_SaysWhyAndLosesNothing()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        Ticks.Send(pipe, 0, 10);
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        Assert.Throws<ArgumentNullException>(() => reader.CopyTo(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => reader.CopyToAsync(null!));
        var target = new RecordWriter<Tick>(second.OpenWriter());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.CopyToAsync(target, new CancellationToken(canceled: true)));
        target.Complete();
        Assert.Throws<ObjectDisposedException>(() => reader.CopyTo(target));
        target.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.CopyToAsync(target));
        Assert.Equal(10, reader.ReadBatch().Length);
        reader.Dispose();
        using SplicePipe third = SplicePipe.Create();
        using var another = new RecordWriter<Tick>(third.OpenWriter());
        Assert.Throws<ObjectDisposedException>(() => reader.CopyTo(another));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.CopyToAsync(another));
    }

    [Fact]
    public async Task WhileACopyIsUnderWay_TheReaderServesNobodyElse()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        using var target = new RecordWriter<Tick>(second.OpenWriter());
        Task<long> copying = reader.CopyToAsync(target);
        Assert.Throws<InvalidOperationException>(() => reader.ReadBatch().Length);
        Assert.Throws<InvalidOperationException>(() => reader.CopyTo(target));
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadBatchAsync().AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.CopyToAsync(target));
        writer.Complete();
        Assert.Equal(0, await copying);
    }

    /// <summary>Of two streams on one pipe only the first is copied.</summary>
    [Fact]
    public void WhatFollowsTheStream_IsLeftInThePipe()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SplicePipe second = SplicePipe.Create();
        using SpliceWriter sending = pipe.OpenWriter();
        Ticks.Send(sending, 0, 10, new RecordWriterOptions { LeaveOpen = true });
        sending.Write(new byte[] { 1, 2, 3 }.AsSpan());
        using SpliceReader receiving = pipe.OpenReader();
        using (var reader = new RecordReader<Tick>(receiving, new RecordReaderOptions { LeaveOpen = true }))
        using (var target = new RecordWriter<Tick>(second.OpenWriter()))
        {
            Assert.Equal(10, reader.CopyTo(target));
            target.Complete();
        }

        byte[] rest = new byte[3];
        receiving.ReadExactly(rest);
        Assert.Equal([1, 2, 3], rest);
    }

    [Fact]
    public void Copying_AllocatesNothingPerBatch()
    {
        const int Batches = 4_000;
        using SplicePipe pipe = SplicePipe.Create(1 << 20);
        using SplicePipe second = SplicePipe.Create(1 << 20);
        long allocated = 0;
        Background copying = Background.Run(() =>
        {
            using var reader = new RecordReader<Tick>(pipe.OpenReader());
            using var target = new RecordWriter<Tick>(second.OpenWriter());
            Ticks.Pass(reader.ReadBatch(), target);
            long before = GC.GetAllocatedBytesForCurrentThread();
            reader.CopyTo(target);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            target.Complete();
        });
        Background writing = Background.Run(() =>
        {
            using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
            for (int i = 0; i < Batches * 50; i++)
            {
                writer.Write(Tick.At(i));
                if (i % 50 == 49)
                {
                    writer.Flush();
                }
            }

            writer.Complete();
        });
        Ticks.AssertAll(second, 0, Batches * 50);
        writing.Join();
        copying.Join();
        Garbage.AssertNone(allocated, Batches);
    }
}
