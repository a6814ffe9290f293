using VmSplice.Interop;

namespace VmSplice.Tests.ManPage;

/// <summary>vmsplice(2), "If fd is opened for writing".</summary>
[Trait("Category", "Transport")]
public class WriteEndTests
{
    [SkippableFact]
    public void Segments_ArriveInTheOrderOfTheArray()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(2);
        memory.Fill(0);
        IoVec[] segments = [memory.Part(5_000, 10), memory.Part(0, 4_096), memory.Part(4_100, 1)];

        Assert.Equal(4_107, RawPipe.VmSplice(pipe.WriteHandle, segments));

        byte[] arrived = RawCall.ReadAll(pipe.ReadHandle, 4_107);
        Assert.Equal(StreamPattern.Take(5_000, 10), arrived[..10]);
        Assert.Equal(StreamPattern.Take(0, 4_096), arrived[10..4_106]);
        Assert.Equal(StreamPattern.Take(4_100, 1), arrived[4_106..]);
    }

    [SkippableFact]
    public void Pages_AreMappedIntoThePipe_LaterStoreIsSeenByReader()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);

        // A page that nobody wrote to yet is the kernel's page of zeros, and the store below would be to another one.
        memory.Bytes[7] = 1;
        RawCall.VmSplice(pipe.WriteHandle, memory.All);
        memory.Bytes[7] = 42;
        Assert.Equal(42, RawCall.Read(pipe.ReadHandle, 8)[7]);
    }

    [SkippableFact]
    public void CopyingKernel_LaterStoreIsNotSeenByReader()
    {
        ThisKernel.NeedsCall();
        Skip.If(ThisKernel.SharesPages, "this kernel shares pages");
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);

        // A page that nobody wrote to yet is the kernel's page of zeros, and the store below would be to another one.
        memory.Bytes[7] = 1;
        RawCall.VmSplice(pipe.WriteHandle, memory.All);
        memory.Bytes[7] = 42;
        Assert.Equal(1, RawCall.Read(pipe.ReadHandle, 8)[7]);
    }

    [SkippableFact]
    public void UnmappedAfterwards_ReaderGetsTheOldBytes()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (Pages memory = new(3))
        {
            memory.Fill(0);
            RawCall.VmSplice(pipe.WriteHandle, memory.All);
        }

        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(pipe.ReadHandle, 3 * Pages.Size), 0));
    }

    [SkippableFact]
    public void DiscardedAfterwards_ReaderGetsTheOldBytesAndTheNextTouchFreshOnes()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(3);
        memory.Fill(0);
        RawCall.VmSplice(pipe.WriteHandle, memory.All);

        Kernel.PageMapping.Discard(memory.Address, (nuint)memory.Length, hugePages: false);
        Assert.Equal(-1, memory.Bytes.IndexOfAnyExcept((byte)0));
        memory.Bytes.Fill(0xEE);

        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(pipe.ReadHandle, memory.Length), 0));
    }

    [SkippableFact]
    public void EverySegment_TakesASlotWhateverItsLength()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        IoVec[] segments = [.. Enumerable.Range(0, RawPipe.IovMax).Select(i => memory.Part(i, 1))];
        int slots = Math.Min(segments.Length, pipe.Capacity / Pages.Size);
        Assert.Equal(slots, RawPipe.VmSplice(pipe.WriteHandle, segments, SpliceFlags.NonBlocking));
    }

    [SkippableFact]
    public void PartialTransfer_ContinuedByTheCaller_ArrivesWhole()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = PipeSetup.OfCapacity(4 * Pages.Size);
        using Pages memory = new(10);
        memory.Fill(0);
        int sent = 0;
        int received = 0;
        int calls = 0;
        while (sent < memory.Length)
        {
            nint accepted = RawPipe.VmSplice(pipe.WriteHandle, memory.Part(sent, memory.Length - sent), SpliceFlags.NonBlocking);
            Assert.InRange(accepted, 1, 4 * Pages.Size);
            sent += (int)accepted;
            calls++;
            byte[] arrived = RawCall.ReadAll(pipe.ReadHandle, sent - received);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived, received));
            received = sent;
        }

        Assert.Equal(3, calls);
    }

    [Fact]
    public void SendLargerThanThePipe_IsContinuedByUs()
    {
        using SplicePipe pipe = PipeSetup.OfCapacity(4 * Pages.Size);
        using SpliceReader reader = pipe.OpenReader(PipeSetup.KeepReaderCapacity);
        using SpliceWriter writer = pipe.OpenWriter(PipeSetup.KeepWriterCapacity());
        byte[] arrived = new byte[(100 * Pages.Size) + 5];
        Background sender = Background.Run(() =>
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(arrived.Length);
            StreamPattern.Fill(buffer.Span, 0);
            writer.Send(buffer);
        });
        reader.ReadExactly(arrived);
        sender.Join();
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(arrived.Length, writer.BytesAccepted);
    }

    [SkippableFact]
    public void NoSegments_Return0()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        Assert.Equal(0, RawPipe.VmSplice(pipe.WriteHandle, []));
    }

    [SkippableFact]
    public void EmptySegments_AreSkipped()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        memory.Bytes[0] = 9;
        Assert.Equal(1, RawPipe.VmSplice(pipe.WriteHandle, [memory.Part(0, 0), default, memory.Part(0, 1), memory.Part(5, 0)]));
        Assert.Equal([9], RawCall.Read(pipe.ReadHandle, 10));
    }

    [SkippableFact]
    public void ReadWriteFifo_CountsAsWriteEnd()
    {
        ThisKernel.NeedsCall();
        using TemporaryFifo fifo = new();
        using var both = new Microsoft.Win32.SafeHandles.SafePipeHandle(Fcntl.open(fifo.Path, Fcntl.O_RDWR | Fcntl.O_CLOEXEC, 0), ownsHandle: true);
        using Pages memory = new(1);
        memory.Fill(0);
        Assert.Equal(memory.Length, RawPipe.VmSplice(both, memory.All, SpliceFlags.None));
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(both, memory.Length), 0));
    }
}
