using System.IO.Pipelines;

namespace VmSplice.Tests.Bridges;

/// <summary>The ends of a pipe as streams and for System.IO.Pipelines: every byte comes once and in order.</summary>
[Trait("Category", "Transport")]
public class StreamBridgeTests
{
    private const int Length = 3_000_017;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task Streams_BytesArrive(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create();
        Stream writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }).AsStream();
        Task sending = Task.Run(async () =>
        {
            await using (writer)
            {
                await new MemoryStream(StreamPattern.Take(0, Length)).CopyToAsync(writer);
            }
        });
        using MemoryStream arrived = new();
        await using (Stream reader = pipe.OpenReader().AsStream())
        {
            await reader.CopyToAsync(arrived);
        }

        await sending;
        Assert.Equal(Length, arrived.Length);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.GetBuffer().AsSpan(0, Length), 0));
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown, 1)]
    [InlineData(PipeReaderKind.Copying, 1)]
    [InlineData(PipeReaderKind.Unknown, 100_000)]
    [InlineData(PipeReaderKind.Copying, 700_000)]
    public async Task PipeWriterAndPipeReader_BytesArrive(PipeReaderKind kind, int sizeHint)
    {
        using SplicePipe pipe = SplicePipe.Create();
        PipeWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }).AsPipeWriter();
        Task sending = Task.Run(() => Fill(writer, sizeHint, flushEach: 1_000_000));
        PipeReader reader = pipe.OpenReader().AsPipeReader();
        long position = 0;
        ReadResult result;
        do
        {
            result = await reader.ReadAsync();
            foreach (ReadOnlyMemory<byte> part in result.Buffer)
            {
                Assert.Equal(-1, StreamPattern.Mismatch(part.Span, position));
                position += part.Length;
            }

            reader.AdvanceTo(result.Buffer.End);
        }
        while (!result.IsCompleted);
        await reader.CompleteAsync();
        await sending;
        Assert.Equal(Length, position);
    }

    [Fact]
    public void PipeWriterNeverFlushed_CompletingSendsEverything()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        PipeWriter writer = pipe.OpenWriter().AsPipeWriter();
        StreamPattern.Fill(writer.GetSpan(500)[..500], 0);
        writer.Advance(500);
        Assert.Equal(500, writer.UnflushedBytes);
        writer.Complete();
        byte[] arrived = new byte[501];
        Assert.Equal(500, reader.Read(arrived));
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, 500), 0));
        Assert.Equal(0, reader.Read(arrived));
    }

    [Fact]
    public async Task PipeWriterWithoutReader_FlushThrows()
    {
        using SplicePipe pipe = SplicePipe.Create();
        pipe.ReadHandle.Dispose();
        ReadEnds.AwaitClosed(pipe.WriteHandle);
        PipeWriter writer = pipe.OpenWriter().AsPipeWriter();
        writer.GetSpan(10)[..10].Clear();
        writer.Advance(10);
        await Assert.ThrowsAsync<BrokenPipeException>(async () => await writer.FlushAsync());
        await writer.CompleteAsync(new IOException());
    }

    [Fact]
    public async Task FlushThatWaits_CanBeCancelled()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(4_096);
        PipeWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity()).AsPipeWriter();
        writer.GetSpan(100_000)[..100_000].Clear();
        writer.Advance(100_000);
        ValueTask<FlushResult> flush = writer.FlushAsync();
        Assert.False(flush.IsCompleted);
        writer.CancelPendingFlush();
        Assert.True((await flush).IsCanceled);
        await Assert.ThrowsAsync<IncompleteSendException>(async () => await writer.FlushAsync());
        await Assert.ThrowsAsync<IncompleteSendException>(async () => await writer.CompleteAsync());
    }

    [Fact]
    public async Task FlushCancelledBeforeAnythingWasAccepted_NextFlushSendsEverythingInOrder()
    {
        const int Waiting = 65_536;
        using SplicePipe pipe = PipeSetup.OfCapacity(Waiting);
        SpliceWriter end = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        end.Write(new byte[Waiting]);
        PipeWriter writer = end.AsPipeWriter();

        // Several chunks: the first is cancelled, the others must not overtake it.
        await Fill(writer, sizeHint: 1, flushEach: int.MaxValue, length: 900_000, complete: false);
        ValueTask<FlushResult> flush = writer.FlushAsync();
        Assert.False(flush.IsCompleted);
        writer.CancelPendingFlush();
        Assert.True((await flush).IsCanceled);
        Assert.Equal(900_000, writer.UnflushedBytes);
        Task completing = Task.Run(() => writer.CompleteAsync().AsTask());
        reader.ReadExactly(new byte[Waiting]);
        byte[] arrived = new byte[900_000];
        reader.ReadExactly(arrived);
        await completing;
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(0, reader.Read(arrived));
    }

    [Fact]
    public async Task CompletingAfterTheReaderLeft_ThrowsAndClosesThePipeAllTheSame()
    {
        using SplicePipe pipe = SplicePipe.Create();
        pipe.ReadHandle.Dispose();
        ReadEnds.AwaitClosed(pipe.WriteHandle);
        SpliceWriter end = pipe.OpenWriter();
        PipeWriter writer = end.AsPipeWriter();
        writer.GetSpan(10)[..10].Clear();
        writer.Advance(10);
        await Assert.ThrowsAsync<BrokenPipeException>(async () => await writer.CompleteAsync());
        Assert.True(end.Handle.IsClosed);
    }

    [Fact]
    public async Task FlushesCancelledJustWhenTheyEnd_NeverThrowAnythingElse()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        PipeWriter writer = pipe.OpenWriter().AsPipeWriter();
        int rounds = ThisKernel.Rounds(1_000_000);
        using ManualResetEventSlim ended = new();
        Background canceller = Background.Run(() =>
        {
            while (!ended.IsSet)
            {
                writer.CancelPendingFlush();
            }
        });
        try
        {
            for (int i = 0; i < rounds; i++)
            {
                await writer.FlushAsync();
            }
        }
        finally
        {
            ended.Set();
        }

        canceller.Join();
        await writer.CompleteAsync();
    }

    [Fact]
    public void WrongDirection_Throws()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using Stream reader = pipe.OpenReader().AsStream();
        using Stream writer = pipe.OpenWriter().AsStream();
        Assert.Throws<NotSupportedException>(() => reader.Write([1], 0, 1));
        Assert.Throws<NotSupportedException>(() => writer.Read([1], 0, 1));
        Assert.Throws<NotSupportedException>(() => reader.Seek(0, SeekOrigin.Begin));
    }

    [Fact]
    public void LeftOpen_DisposingTheStreamKeepsTheEnd()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        writer.AsStream(leaveOpen: true).Dispose();
        reader.AsStream(leaveOpen: true).Dispose();
        writer.Write("ab"u8);
        Assert.Equal(2, reader.Read(new byte[9]));
    }

    private static async Task Fill(PipeWriter writer, int sizeHint, int flushEach, int length = Length, bool complete = true)
    {
        int unflushed = 0;
        for (int position = 0; position < length;)
        {
            Memory<byte> free = writer.GetMemory(sizeHint);
            Assert.True(free.Length >= sizeHint);
            int bytes = Math.Min(Math.Min(free.Length, 50_000), length - position);
            StreamPattern.Fill(free.Span[..bytes], position);
            writer.Advance(bytes);
            position += bytes;
            unflushed += bytes;
            if (unflushed >= flushEach)
            {
                await writer.FlushAsync();
                Assert.Equal(0, writer.UnflushedBytes);
                unflushed = 0;
            }
        }

        if (complete)
        {
            await writer.CompleteAsync();
        }
    }
}
