using System.Buffers;

namespace VmSplice.Tests.Memory;

/// <summary>Sending is a move: afterwards every copy of the handle, and every Memory taken from it, throws.</summary>
[Trait("Category", "Transport")]
public class BufferStateTests
{
    public static TheoryData<string, PageBufferState> HandOvers => new()
    {
        { "send", PageBufferState.Sent },
        { "send part", PageBufferState.Sent },
        { "gift", PageBufferState.Gifted },
        { "freeze", PageBufferState.Frozen },
        { "dispose", PageBufferState.Disposed },
    };

    [Theory]
    [MemberData(nameof(HandOvers))]
    public void AfterAHandOver_EveryUseThrowsAndStateSaysWhy(string handOver, PageBufferState state)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<int> buffer = writer.Rent<int>(16 * Pages.Size / 4);
        PageBuffer<int> copy = buffer;
        Memory<int> memory = buffer.Memory;
        HandOver(writer, buffer, handOver);

        Assert.Equal(state, buffer.State);
        Assert.Equal(state, copy.State);
        Assert.Equal(16 * Pages.Size / 4, copy.Length);
        AssertGone(() => _ = copy.Span.Length);
        AssertGone(() => _ = copy.Memory);
        AssertGone(() => _ = copy.Address);
        AssertGone(() => copy[0] = 1);
        AssertGone(() => writer.Send(copy));
        AssertGone(() => writer.Send(copy, 0));
        AssertGone(() => writer.Gift(copy));
        AssertGone(() => copy.Freeze());
        AssertGone(() => _ = memory.Span);
        AssertGone(() => memory.Pin());
        copy.Dispose();
        Assert.Equal(state, copy.State);
    }

    [Fact]
    public void PagesHandedOutAgain_OldHandleStaysStale()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<byte> old = writer.Rent<byte>(10);
        Memory<byte> memory = old.Memory;
        old.Dispose();
        PageBuffer<byte> next = writer.Rent<byte>(10);
        next.Span[0] = 1;
        Assert.NotEqual(old, next);
        AssertGone(() => _ = old.Span.Length);
        AssertGone(() => _ = memory.Span);
        old.Dispose();
        Assert.Equal(PageBufferState.Owned, next.State);
        next.Dispose();
    }

    [Fact]
    public void DefaultBuffer_WasNeverRented()
    {
        PageBuffer<byte> none = default;
        Assert.Equal(PageBufferState.Disposed, none.State);
        none.Dispose();
        Assert.Contains("was never rented", Assert.Throws<ObjectDisposedException>(() => none.Address).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Buffer_StartsAtAPageAndHasItsLength()
    {
        for (int length = 0; length < 20_000; length += 997)
        {
            using PageBuffer<Odd> buffer = PageBuffer<Odd>.Allocate(length);
            Assert.Equal(0, buffer.Address % Pages.Size);
            Assert.Equal(length, buffer.Length);
            Assert.Equal(length, buffer.Span.Length);
            Assert.Equal(length, buffer.Memory.Length);
            buffer.Span.Fill(Odd.At(1));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => PageBuffer<Odd>.Allocate(-1));
    }

    [Fact]
    public unsafe void PinnedMemory_IsTheBuffersAddress()
    {
        using PageBuffer<int> buffer = PageBuffer<int>.Allocate(100);
        using MemoryHandle pin = buffer.Memory[7..].Pin();
        Assert.Equal(buffer.Address + 28, (nint)pin.Pointer);
    }

    [Fact]
    public void PartLongerThanTheBuffer_ThrowsAndTheBufferStaysOwned()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using PageBuffer<byte> buffer = writer.Rent<byte>(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Send(buffer, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Send(buffer, -1));
        Assert.Equal(PageBufferState.Owned, buffer.State);
    }

    [Fact]
    public void DisposedWriter_BuffersLiveOnAndASendConsumesThem()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter writer = pipe.OpenWriter();
        using PageBuffer<byte> buffer = writer.Rent<byte>(Pages.Size);
        buffer.Span[0] = 1;
        writer.Dispose();

        // Its pages live as long as their owner wants.
        Assert.Equal(1, buffer.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => writer.Send(buffer));
        Assert.Equal(PageBufferState.Sent, buffer.State);
    }

    [Fact]
    public void SendByTwoThreadsAtOnce_ExactlyOneWins()
    {
        const int Rounds = 2_000;
        const int Length = 40_000;
        using SplicePipe pipe = SplicePipe.Create();
        SpliceReader reader = pipe.OpenReader();
        SpliceWriter writer = pipe.OpenWriter();
        Background receiver = Background.Run(() =>
        {
            byte[] arrived = new byte[Length];
            while (reader.Read(arrived) != 0)
            {
            }
        });
        using Barrier barrier = new(2);
        PageBuffer<byte> buffer = default;
        int[] wins = new int[2];
        int refusals = 0;
        void Race(int thread)
        {
            for (int round = 0; round < Rounds; round++)
            {
                if (thread == 0)
                {
                    buffer = writer.Rent<byte>(Length);
                }

                barrier.SignalAndWait();
                try
                {
                    writer.Send(buffer);
                    wins[thread]++;
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref refusals);
                }

                barrier.SignalAndWait();
            }
        }

        Background first = Background.Run(() => Race(0));
        Background second = Background.Run(() => Race(1));
        first.Join();
        second.Join();
        writer.Dispose();
        receiver.Join();
        Assert.Equal((Rounds, Rounds), (wins[0] + wins[1], refusals));
        Assert.Equal((long)Rounds * Length, reader.BytesRead);
        reader.Dispose();
    }

    [Fact]
    public void MemoryOfARecordWriter_ThrowsOnceTheChunkWasSent()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter end = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        using var writer = new RecordWriter<Tick>(end);
        Memory<Tick> memory = writer.GetMemory(5_000);
        memory.Span[..5_000].Fill(Tick.At(1));
        writer.Advance(5_000);
        writer.Flush();
        if (end.SharesPages)
        {
            AssertGone(() => _ = memory.Span);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.GetSpan(-1));
    }

    private static void HandOver(SpliceWriter writer, PageBuffer<int> buffer, string how)
    {
        switch (how)
        {
            case "send":
                writer.Send(buffer);
                break;
            case "send part":
                writer.Send(buffer, 100);
                break;
            case "gift":
                writer.Gift(buffer);
                break;
            case "freeze":
                _ = buffer.Freeze();
                break;
            default:
                buffer.Dispose();
                break;
        }
    }

    private static void AssertGone(Action use) => Assert.Throws<ObjectDisposedException>(use);
}
