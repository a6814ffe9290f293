using VmSplice.Interop;

namespace VmSplice.Tests.ManPage;

/// <summary>vmsplice(2), each flag.</summary>
[Trait("Category", "Transport")]
public class FlagTests
{
    [SkippableTheory]
    [InlineData(SpliceFlags.Move)]
    [InlineData(SpliceFlags.More)]
    [InlineData(SpliceFlags.Move | SpliceFlags.More)]
    public void MoveAndMore_AreWithoutEffect(SpliceFlags flags)
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(2);
        memory.Fill(0);
        Assert.Equal(memory.Length, RawPipe.VmSplice(pipe.WriteHandle, memory.All, flags));
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(pipe.ReadHandle, memory.Length), 0));
    }

    [SkippableTheory]
    [InlineData(16u)]
    [InlineData(0x8000_0000u)]
    public void UnknownFlag_IsEinval(uint flag)
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        Assert.Equal(-1, RawCall.VmSplice(pipe.WriteHandle, [memory.All], (SpliceFlags)flag, out int errno));
        Assert.Equal(Errno.EINVAL, errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<SystemCallException>(() => RawPipe.VmSplice(pipe.WriteHandle, memory.All, (SpliceFlags)flag)).ErrorNumber);
    }

    [SkippableFact]
    public void NonBlocking_AlmostFullPipe_TakesWhatFits()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = PipeSetup.OfCapacity(4 * Pages.Size);
        using Pages memory = new(6);
        memory.Fill(0);
        Assert.Equal(4 * Pages.Size, RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.NonBlocking));
    }

    [SkippableFact]
    public void NonBlocking_LeavesTheDescriptorBlocking()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = PipeSetup.OfCapacity(Pages.Size);
        using Pages memory = new(2);
        RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.NonBlocking);
        Assert.Equal(0, RawCall.StatusFlags(pipe.WriteHandle) & Fcntl.O_NONBLOCK);
    }

    [SkippableFact]
    public void WithoutNonBlocking_FullPipe_WaitsForItsReader()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = PipeSetup.OfCapacity(Pages.Size);
        using Pages memory = new(1);
        RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None);
        nint second = 0;
        Background waiter = Background.Run(() => second = RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None));
        waiter.UntilItWaits();
        RawCall.ReadAll(pipe.ReadHandle, Pages.Size);
        waiter.Join();
        Assert.Equal(Pages.Size, second);
    }

    [SkippableFact]
    public void Gift_WholePages_Arrive()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(3);
        memory.Fill(0);
        Assert.Equal(memory.Length, RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.Gift));
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(pipe.ReadHandle, memory.Length), 0));
    }

    [SkippableFact]
    public void Gift_LaterStore_IsSeenByReader()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        memory.Bytes[0] = 1;
        RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.Gift);
        memory.Bytes[0] = 77;
        Assert.Equal(77, RawCall.Read(pipe.ReadHandle, 1)[0]);
    }

    [SkippableTheory]
    [InlineData(8, 4_096)]
    [InlineData(0, 100)]
    [InlineData(1, 1)]
    public void Gift_Unaligned_KernelTakesIt(int start, int length)
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(2);
        memory.Fill(0);
        Assert.Equal(length, RawCall.VmSplice(pipe.WriteHandle, memory.Part(start, length), SpliceFlags.Gift));
        Assert.Equal(-1, StreamPattern.Mismatch(RawCall.ReadAll(pipe.ReadHandle, length), start));
    }

    [Fact]
    public void Gift_UnalignedAddress_IsRefusedByUs()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(3);
        IoVec[] segments = [memory.Part(0, Pages.Size), memory.Part(128, Pages.Size)];
        ArgumentException e = Assert.Throws<ArgumentException>(() => RawPipe.VmSplice(pipe.WriteHandle, segments, SpliceFlags.Gift));
        Assert.Contains($"Segment 1 starts 128 bytes into a page; gifts must start at a page ({Pages.Size} bytes)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gift_UnalignedLength_IsRefusedByUs()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(2);
        ArgumentException e = Assert.Throws<ArgumentException>(() => RawPipe.VmSplice(pipe.WriteHandle, memory.Part(0, Pages.Size + 1), SpliceFlags.Gift));
        Assert.Contains($"Segment 0 is {Pages.Size + 1} bytes long; gifts must be whole pages", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gift_BufferThatDoesNotFillPages_IsRefusedAndStaysOwned()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter();
        using PageBuffer<int> buffer = writer.Rent<int>((Pages.Size / 4) + 1);
        ArgumentException e = Assert.Throws<ArgumentException>(() => writer.Gift(buffer));
        Assert.Contains("4 beyond whole pages", e.Message, StringComparison.Ordinal);
        Assert.Equal(PageBufferState.Owned, buffer.State);
        Assert.Equal(0, writer.BytesUnread);
    }

    [SkippableFact]
    public void Gift_OnTheReadEnd_IsIgnored()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        RawCall.Write(pipe.WriteHandle, [5]);
        Assert.Equal(1, RawPipe.VmSplice(pipe.ReadHandle, memory.All, SpliceFlags.Gift));
        Assert.Equal(5, memory.Bytes[0]);
    }

    [Fact]
    public unsafe void Gift_ThenSpliceMoveIntoAFile_FileIsWhatWasSent()
    {
        string path = Path.GetTempFileName();
        try
        {
            using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
            using SpliceWriter writer = pipe.OpenWriter();
            int length = 8 * Pages.Size;
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
            {
                for (int i = 0; i < 20; i++)
                {
                    PageBuffer<byte> buffer = writer.Rent<byte>(length);
                    StreamPattern.Fill(buffer.Span, (long)i * length);
                    writer.Gift(buffer);
                    Libc.SpliceAll(pipe.ReadHandle, file, length);
                }
            }

            byte[] written = File.ReadAllBytes(path);
            Assert.Equal(20 * length, written.Length);
            Assert.Equal(-1, StreamPattern.Mismatch(written, 0));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
