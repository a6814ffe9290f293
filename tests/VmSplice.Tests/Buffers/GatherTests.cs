using CsCheck;
using VmSplice.Pipes;

namespace VmSplice.Tests.Buffers;

/// <summary>Many buffers in one piece: chunked, in order, continued from the right byte.</summary>
[Trait("Category", "Transport")]
public class GatherTests
{
    private static readonly Gen<int[]> Lengths = Gen.OneOf(
        Gen.Int[0, 20_000].Array[0, 40],
        Gen.Int[0, 3].Array[0, 3_000],
        Gen.Int[2_000, 5_000].Array[1_000, 1_200]);

    [Fact]
    public void AnyBuffers_ArriveInOrder()
        => Gen.Select(Lengths, BufferTraffic.OneOf(4_096, 65_536, 1_048_576), Gen.Enum<PipeReaderKind>()).Sample(
            (lengths, capacity, kind) =>
            {
                using SplicePipe pipe = PipeSetup.OfCapacity(capacity);
                SendAndCheck(pipe, pipe.OpenWriter(PipeSetup.KeepWriterCapacity(kind)), lengths);
            },
            iter: ThisKernel.Rounds(100),
            threads: 1);

    [SkippableTheory]
    [InlineData(4_096, 2_100)]
    [InlineData(65_536, 3_000)]
    [InlineData(1_048_576, 4_095)]
    public void SharedSegmentsBeyondThePipe_AreContinuedFromTheRightByte(int capacity, int length)
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = PipeSetup.OfCapacity(capacity);
        SpliceWriter writer = SpliceWriter.Open(pipe.WriteHandle, PipeSetup.KeepWriterCapacity(), new SharingPolicy(threshold: 1));
        SendAndCheck(pipe, writer, [.. Enumerable.Range(0, 2_500).Select(i => length + (i % 7))]);
    }

    [Fact]
    public void MixedGather_ArrivesInOrderAndCanBeFilledAgain()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        using FrozenPages<byte> frozen = Filled(PageBuffer<byte>.Allocate(100), 7).Freeze();
        Background sender = Background.Run(() =>
        {
            using (writer)
            {
                using SpliceGather gather = writer.CreateGather();
                for (int round = 0; round < 5; round++)
                {
                    gather.Add(frozen);
                    gather.Add(Filled(writer.Rent<byte>(10_000), round), 9_000);
                    PageBuffer<long> numbers = writer.Rent<long>(3_000);
                    numbers.Span.Fill(round);
                    gather.Add(numbers);
                    VideoFrame frame = VideoFrame.Rent(writer);
                    frame.Draw(round);
                    gather.Add(frame);
                    Assert.Equal(7, gather.Count);
                    Assert.Equal(100 + 9_000 + 24_000 + 64 + VideoFrame.Size, gather.Length);
                    gather.Send();
                    Assert.Equal(0, gather.Count);
                }
            }
        });
        byte[] arrived = new byte[9_100];
        long[] values = new long[3_000];
        for (int round = 0; round < 5; round++)
        {
            reader.ReadExactly(arrived);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, 100), 7));
            Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(100), round));
            reader.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
            Assert.Equal(-1, values.AsSpan().IndexOfAnyExcept(round));
            using VideoFrame frame = VideoFrame.Receive(reader);
            Assert.True(frame.Shows(round));
        }

        sender.Join();
        Assert.Equal(0, reader.Read(arrived));
    }

    [Fact]
    public void OneBufferSentBefore_NothingIsSentAndAllAreConsumed()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        PageBuffer<byte> gone = writer.Rent<byte>(10);
        gone.Dispose();
        PageBuffer<byte>[] buffers = [writer.Rent<byte>(10), gone, writer.Rent<byte>(10)];
        Assert.Throws<ObjectDisposedException>(() => writer.SendAll<byte>(buffers));
        Assert.Equal(0, writer.BytesUnread);
        Assert.All(buffers, buffer => Assert.NotEqual(PageBufferState.Owned, buffer.State));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40_000)]
    public void ReaderThatLeft_AllAreConsumed(int length)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        pipe.OpenReader().Dispose();
        ReadEnds.AwaitClosed(writer.Handle);
        PageBuffer<byte>[] buffers = [writer.Rent<byte>(length), writer.Rent<byte>(length)];
        Assert.Throws<BrokenPipeException>(() => writer.SendAll<byte>(buffers));
        Assert.All(buffers, buffer => Assert.NotEqual(PageBufferState.Owned, buffer.State));
    }

    [Fact]
    public void FrozenPagesDisposedBeforeTheSend_AreStillSent()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        FrozenPages<byte> frozen = Filled(PageBuffer<byte>.Allocate(100), 7).Freeze();
        using SpliceGather gather = writer.CreateGather();
        gather.Add(frozen);
        frozen.Dispose();
        gather.Send();
        byte[] arrived = new byte[100];
        reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 7));
    }

    [Fact]
    public void SendAll_AllocatesNothingInSteadyState()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        PageBuffer<byte>[] buffers = new PageBuffer<byte>[20];
        byte[] arrived = new byte[20 * 5_000];
        const int WarmUp = 120;
        const int Rounds = 120;
        long allocated = 0;
        for (int round = 0; round < WarmUp + Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < buffers.Length; i++)
            {
                buffers[i] = writer.Rent<byte>(5_000);
            }

            writer.SendAll<byte>(buffers);
            allocated += round < WarmUp ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            reader.ReadExactly(arrived);
        }

        Garbage.AssertNone(allocated, Rounds);
    }

    private static void SendAndCheck(SplicePipe pipe, SpliceWriter writer, int[] lengths)
    {
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        Background sender = Background.Run(() =>
        {
            using (writer)
            {
                long position = 0;
                PageBuffer<byte>[] buffers = new PageBuffer<byte>[lengths.Length];
                for (int i = 0; i < lengths.Length; i++)
                {
                    buffers[i] = Filled(writer.Rent<byte>(lengths[i]), position);
                    position += lengths[i];
                }

                writer.SendAll<byte>(buffers);
                Assert.Equal(position, writer.BytesAccepted);
            }
        });
        byte[] arrived = new byte[30_000];
        int read;
        while ((read = reader.Read(arrived)) != 0)
        {
            Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, read), reader.BytesRead - read));
        }

        sender.Join();
        Assert.Equal(lengths.Sum(), reader.BytesRead);
    }

    private static PageBuffer<byte> Filled(PageBuffer<byte> buffer, long position)
    {
        StreamPattern.Fill(buffer.Span, position);
        return buffer;
    }
}
