namespace VmSplice.Tests.Corruption;

/// <summary>
/// The same scenarios done wrongly on purpose, so that the tests beside this one are known to be able to fail: what the
/// reader sees then is not what was sent.
/// </summary>
public class WrongReuseTests
{
    private const int PageCount = 3;

    [SkippableFact]
    public void RawCallThenRewrite_ReaderThatSplicedOnwardSeesTheNewBytes()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe first = PipeSetup.OfCapacity(4 * Pages.Size);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(PageCount);
        memory.Fill(0);
        Assert.Equal(memory.Length, RawPipe.VmSplice(first.WriteHandle, memory.All, SpliceFlags.None));
        Libc.SpliceAll(first.ReadHandle, second.WriteHandle, memory.Length);

        memory.Bytes[0] ^= 0xFF;
        memory.Bytes[^1] ^= 0xFF;

        byte[] arrived = Read(second, memory.Length);
        Assert.Equal(0, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(1, arrived.Length - 2), 1));
        Assert.Equal(memory.Bytes[^1], arrived[^1]);
    }

    [SkippableFact]
    public void TwoBuffersOfThePipesCapacity_SplicingReaderSeesTheWrongOne()
    {
        ThisKernel.NeedsSharing();

        // The well-known trick: once the second buffer fits into the pipe whole, the first must have been read. It was not.
        using SplicePipe first = PipeSetup.OfCapacity(4 * Pages.Size);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        using Pages one = new(4);
        using Pages two = new(4);
        one.Fill(0);
        two.Fill(one.Length);
        RawPipe.VmSplice(first.WriteHandle, one.All, SpliceFlags.None);
        Libc.SpliceAll(first.ReadHandle, second.WriteHandle, one.Length);
        Assert.Equal(two.Length, RawPipe.VmSplice(first.WriteHandle, two.All, SpliceFlags.None));
        one.Fill(2 * one.Length);

        Assert.NotEqual(-1, StreamPattern.Mismatch(Read(second, one.Length), 0));
    }

    [SkippableFact]
    public void FreedMemoryThatSomebodyElseGets_ReaderSeesTheStranger()
    {
        ThisKernel.NeedsSharing();

        // nix 2633: a heap block is dropped, and its next owner writes. Here the heap is ours, so that it is no accident.
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        using Pages heap = new(PageCount);
        heap.Fill(0);
        RawPipe.VmSplice(first.WriteHandle, heap.All, SpliceFlags.Gift);
        Libc.SpliceAll(first.ReadHandle, second.WriteHandle, heap.Length);
        Span<byte> nextOwner = heap.Bytes;
        nextOwner.Clear();

        Assert.Equal(new byte[heap.Length], Read(second, heap.Length));
    }

    [SkippableFact]
    public void ReaderDeclaredCopyingThatSplices_SeesLaterData()
    {
        ThisKernel.NeedsSharing();
        const int Length = 512 * 1024;
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        Skip.If(first.Capacity < Length, "pipes are too small here");
        using SpliceWriter writer = first.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });

        // The first pages of a writer are not reused.
        Send(0);
        Read(first, Length);
        Send(0);
        Libc.SpliceAll(first.ReadHandle, second.WriteHandle, Length);

        // Enough to go once around what the writer recycles.
        for (int i = 1; i < 64; i++)
        {
            Send(i);
            Read(first, Length);
        }

        Assert.NotEqual(-1, StreamPattern.Mismatch(Read(second, Length), 0));

        void Send(int position)
        {
            PageBuffer<byte> buffer = writer.Rent<byte>(Length);
            StreamPattern.Fill(buffer.Span, position);
            writer.Send(buffer);
        }
    }

    private static byte[] Read(SplicePipe pipe, int length)
    {
        byte[] arrived = new byte[length];
        using SpliceReader reader = SpliceReader.Open(pipe.ReadHandle, new SpliceReaderOptions { LeaveOpen = true, PipeCapacity = 1 });
        reader.ReadExactly(arrived);
        return arrived;
    }
}
