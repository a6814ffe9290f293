using VmSplice.Interop;

namespace VmSplice.Tests.Descriptors;

/// <summary>O_NONBLOCK that somebody else set, and signals: waited for and repeated, and nothing changed behind anybody's back.</summary>
[Trait("Category", "Transport")]
public class WaitingTests
{
    private const int Length = 1_000_003;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void NonBlockingWriteEnd_SendWaitsAndLeavesItNonBlocking(PipeReaderKind kind)
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
        RawCall.SetNonBlocking(pipe.WriteHandle);
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        using SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity(kind));
        Background sender = Background.Run(() =>
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, 0);
            writer.Send(buffer);
            writer.Write(StreamPattern.Take(Length, Length));
        });

        // The pipe is full.
        sender.UntilItWaits();
        byte[] arrived = new byte[2 * Length];
        reader.ReadExactly(arrived);
        sender.Join();
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.NotEqual(0, RawCall.StatusFlags(writer.Handle) & Fcntl.O_NONBLOCK);
    }

    [Fact]
    public void NonBlockingReadEnd_ReadWaitsAndLeavesItNonBlocking()
    {
        using SplicePipe pipe = SplicePipe.Create();
        RawCall.SetNonBlocking(pipe.ReadHandle);
        using SpliceReader reader = pipe.OpenReader();
        byte[] arrived = new byte[3];
        Background receiver = Background.Run(() => reader.ReadExactly(arrived));
        receiver.UntilItWaits();
        RawCall.Write(pipe.WriteHandle, [1, 2, 3]);
        receiver.Join();
        Assert.Equal([1, 2, 3], arrived);
        Assert.NotEqual(0, RawCall.StatusFlags(reader.Handle) & Fcntl.O_NONBLOCK);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Signals_WhileWaiting_LoseNothing(bool nonBlocking)
    {
        Libc.InterruptOn(Libc.SIGUSR2);
        using SplicePipe pipe = PipeSetup.OfCapacity(65_536);
        if (nonBlocking)
        {
            RawCall.SetNonBlocking(pipe.WriteHandle);
            RawCall.SetNonBlocking(pipe.ReadHandle);
        }

        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        using SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        byte[] arrived = new byte[2 * Length];
        using ManualResetEventSlim pipeWasFull = new();
        Background receiver = Background.Run(() =>
        {
            reader.ReadExactly(arrived.AsSpan(0, 1));
            pipeWasFull.Wait();
            reader.ReadExactly(arrived.AsSpan(1));
        });
        InterruptWhileItWaits(receiver);
        Background sender = Background.Run(() =>
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, 0);
            writer.Send(buffer);
            writer.Write(StreamPattern.Take(Length, Length));
        });
        InterruptWhileItWaits(sender);
        pipeWasFull.Set();
        sender.Join();
        receiver.Join();
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
    }

    private static void InterruptWhileItWaits(Background thread)
    {
        for (int i = 0; i < 10; i++)
        {
            thread.UntilItWaits();
            thread.Interrupt();
        }
    }
}
