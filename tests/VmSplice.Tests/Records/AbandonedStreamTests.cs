namespace VmSplice.Tests.Records;

/// <summary>Only Complete ends a stream of records well; whatever else ends it, the reader is told.</summary>
[Trait("Category", "Transport")]
public class AbandonedStreamTests
{
    private static readonly RecordWriterOptions s_leaveOpen = new() { LeaveOpen = true };
    private static readonly RecordReaderOptions s_readerLeavesOpen = new() { LeaveOpen = true };

    [Fact]
    public void ExceptionInsideUsing_IsNoValidShortStream()
    {
        using SplicePipe pipe = SplicePipe.Create();
        Assert.Throws<InvalidDataException>(() => Send(pipe.OpenWriter(), null, fails: true));
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => reader.ReadBatch());
        Assert.Contains("disposed without Complete", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, e.RecordIndex);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExceptionInsideAwaitUsing_IsNoValidShortStream(bool flushed)
    {
        using SplicePipe pipe = SplicePipe.Create();
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
            writer.Next() = Tick.At(0);
            if (flushed)
            {
                await writer.FlushAsync();
            }

            throw new InvalidDataException();
        });
        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        await Assert.ThrowsAsync<RecordStreamException>(async () =>
        {
            await foreach (ReadOnlyMemory<Tick> batch in reader)
            {
                Assert.True(flushed && batch.Length == 1, "records that were not flushed are dropped");
            }
        });
    }

    [Fact]
    public void PipeThatStaysOpen_ReaderIsToldAndTheNextStreamArrives()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter output = pipe.OpenWriter();
        using SpliceReader input = pipe.OpenReader();
        Assert.Throws<InvalidDataException>(() => Send(output, s_leaveOpen, fails: true));
        Send(output, s_leaveOpen, fails: false);
        using (var first = new RecordReader<Tick>(input, s_readerLeavesOpen))
        {
            Assert.Throws<RecordStreamException>(() => first.ReadBatch());
            Assert.Throws<RecordStreamException>(() => first.ReadBatch());
        }

        using var second = new RecordReader<Tick>(input, s_readerLeavesOpen);
        Assert.Equal(10, second.ReadBatch().Length);
        Assert.True(second.ReadBatch().IsEmpty);
    }

    [Fact]
    public async Task FullPipeThatStaysOpen_DisposeDoesNotWaitAndTheReaderIsToldAtTheEnd()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(4096);
        using SpliceWriter output = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        using SpliceReader input = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        output.Write(new byte[4096]);
        await Task.Run(() => new RecordWriter<Tick>(output, s_leaveOpen).Dispose()).WaitAsync(TimeSpan.FromSeconds(30));
        input.ReadExactly(new byte[4096]);
        using var reader = new RecordReader<Tick>(input, s_readerLeavesOpen);
        await Assert.ThrowsAsync<RecordStreamException>(() => reader.ReadBatchAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task DisposedWhileAFlushWaits_FlushEndsAndNothingFollowsWhatWasSent()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(4096);
        using SpliceWriter output = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        using SpliceReader input = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        var writer = new RecordWriter<Tick>(output, s_leaveOpen);
        for (int i = 0; i < 1_000; i++)
        {
            writer.Next() = Tick.At(i);
        }

        ValueTask flush = writer.FlushAsync();
        Assert.False(flush.IsCompleted);
        await writer.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => flush.AsTask().WaitAsync(TimeSpan.FromSeconds(30)));

        // A part of a block is in the pipe. Whoever has the pipe now is told, and so is the reader at its end.
        Assert.Throws<IncompleteSendException>(() => output.Write(new byte[1].AsSpan()));
        output.Dispose();
        using var reader = new RecordReader<Tick>(input, s_readerLeavesOpen);
        long seen = 0;
        RecordStreamException error = await Assert.ThrowsAsync<RecordStreamException>(async () =>
        {
            await foreach (ReadOnlyMemory<Tick> batch in reader)
            {
                seen += batch.Length;
            }
        }).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(StreamFault.Cut, error.Fault);
        Assert.InRange(seen, 0, 999);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DisposedWhileAShortFlushWaits_NothingOfItIsInThePipeAndTheNextSendGoesThrough(bool inThread)
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(4096);
        using SpliceWriter output = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        using SpliceReader input = pipe.OpenReader(PipeSetup.KeepReaderCapacity);

        // Room for the header alone.
        const int Before = 4096 - 100;
        output.Write(new byte[Before]);
        var writer = new RecordWriter<Tick>(output, s_leaveOpen);
        writer.Write([Tick.At(0), Tick.At(1)]);
        if (inThread)
        {
            Background blocked = Background.Run(() => Assert.Throws<ObjectDisposedException>(writer.Flush));
            blocked.UntilItWaits();
            writer.Dispose();
            blocked.Join();
        }
        else
        {
            ValueTask flush = writer.FlushAsync();
            Assert.False(flush.IsCompleted);
            Assert.Equal(Before, output.BytesAccepted);
            await writer.DisposeAsync();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => flush.AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }

        input.ReadExactly(new byte[Before]);
        Send(output, s_leaveOpen, fails: false);
        using (var abandoned = new RecordReader<Tick>(input, s_readerLeavesOpen))
        {
            Assert.Equal(0, Assert.Throws<RecordStreamException>(() => abandoned.ReadBatch()).RecordIndex);
        }

        using var next = new RecordReader<Tick>(input, s_readerLeavesOpen);
        Assert.Equal(10, next.ReadBatch().Length);
        Assert.True(next.ReadBatch().IsEmpty);
    }

    [Fact]
    public async Task DisposedWhileACompleteWaits_ReaderNeverSeesAValidEnd()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(4096);
        using SpliceReader input = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        var writer = new RecordWriter<Tick>(pipe.OpenWriter(PipeSetup.KeepWriterCapacity()));
        for (int i = 0; i < 1_000; i++)
        {
            writer.Next() = Tick.At(i);
        }

        ValueTask complete = writer.CompleteAsync();
        writer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => complete.AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        using var reader = new RecordReader<Tick>(input);
        Assert.Throws<RecordStreamException>(() =>
        {
            while (!reader.ReadBatch().IsEmpty)
            {
            }
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReaderThatHasLeft_DisposeDoesNotThrow(bool flushed)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter()))
        {
            writer.Next() = Tick.At(0);
            if (flushed)
            {
                writer.Flush();
            }

            pipe.ReadHandle.Dispose();
        }
    }

    [Fact]
    public void CompleteThatFails_ThrowsAgainAndDisposeDoesNot()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        writer.Next() = Tick.At(0);
        pipe.ReadHandle.Dispose();
        ReadEnds.AwaitClosed(pipe.WriteHandle);
        Assert.Throws<BrokenPipeException>(writer.Complete);
        Assert.Throws<BrokenPipeException>(writer.Complete);
    }

    [Fact]
    public void CompleteAfterDispose_DoesNotClaimAnEnd()
    {
        using SplicePipe pipe = SplicePipe.Create();
        var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        writer.Dispose();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(writer.Complete);
    }

    [Fact]
    public void NextAfterTheEnd_SaysSoInPlainWords()
    {
        using SplicePipe pipe = SplicePipe.Create();
        var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        writer.Complete();
        ObjectDisposedException completed = Assert.Throws<ObjectDisposedException>(() => { writer.Next().Time = 1; });
        Assert.Contains("The stream was completed", completed.Message, StringComparison.Ordinal);
        Assert.Equal("RecordWriter<Tick>", completed.ObjectName);
        var other = new RecordWriter<Tick>(SplicePipe.Create().OpenWriter());
        other.Dispose();
        ObjectDisposedException disposed = Assert.Throws<ObjectDisposedException>(() => { other.Next().Time = 1; });
        Assert.Contains("This record writer was disposed", disposed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PrintedText_IsShownAsText()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (SpliceWriter output = pipe.OpenWriter())
        {
            output.Write("hello, this is a log line of sixty-four bytes or more, so it fills"u8);
        }

        using var reader = new RecordReader<Tick>(pipe.OpenReader());
        RecordStreamException e = Assert.Throws<RecordStreamException>(() => reader.ReadBatch());
        Assert.Contains("it starts with 68656C6C6F2C2074, the text \"hello, t\"", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutHeader_OnlyWhatWasFlushedArrives()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter(), new RecordWriterOptions { Framed = false }))
        {
            writer.Next() = Tick.At(0);
            writer.Flush();
            writer.Next() = Tick.At(1);
        }

        using var reader = new RecordReader<Tick>(pipe.OpenReader(), new RecordReaderOptions { Framed = false });
        Assert.Equal(1, reader.ReadBatch().Length);
        Assert.True(reader.ReadBatch().IsEmpty);
    }

    private static void Send(SpliceWriter output, RecordWriterOptions? options, bool fails)
    {
        using var writer = new RecordWriter<Tick>(output, options);
        for (int i = 0; i < 10; i++)
        {
            if (fails && i == 5)
            {
                throw new InvalidDataException();
            }

            writer.Next() = Tick.At(i);
        }

        writer.Complete();
    }
}
