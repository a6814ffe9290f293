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

        // A pipe that stays full for a while.
        Thread.Sleep(30);
        Assert.True(sender.IsAlive);
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
        Thread.Sleep(30);
        Assert.True(receiver.IsAlive);
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
        int sending = 0;
        int receiving = 0;
        using CountdownEvent started = new(2);
        using ManualResetEventSlim go = new();
        Background receiver = Background.Run(() =>
        {
            receiving = Libc.gettid();
            started.Signal();
            reader.ReadExactly(arrived.AsSpan(0, 1));
            go.Wait();
            reader.ReadExactly(arrived.AsSpan(1));
        });
        Background sender = Background.Run(() =>
        {
            sending = Libc.gettid();
            started.Signal();
            go.Wait();
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, 0);
            writer.Send(buffer);
            writer.Write(StreamPattern.Take(Length, Length));
        });
        started.Wait();
        for (int i = 0; i < 20; i++)
        {
            Thread.Sleep(1);
            Interrupt(receiving);
            if (i == 10)
            {
                go.Set();
            }

            if (i > 10 && sender.IsAlive)
            {
                Interrupt(sending);
            }
        }

        sender.Join();
        receiver.Join();
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
    }

    private static void Interrupt(int thread)
    {
        try
        {
            Libc.Interrupt(thread, Libc.SIGUSR2);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
        }
    }
}
