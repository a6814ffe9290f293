using System.Net.Sockets;
using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice.Tests.ManPage;

/// <summary>vmsplice(2), each error, from the kernel and from us.</summary>
[Trait("Category", "Transport")]
public class ErrorTests
{
    [SkippableFact]
    public void Eagain_FullPipeAndNonBlocking_KernelSaysEagainAndWeReturn0()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = PipeSetup.OfCapacity(Pages.Size);
        using Pages memory = new(1);
        RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.NonBlocking);
        Assert.Equal(-1, RawCall.VmSplice(pipe.WriteHandle, [memory.All], SpliceFlags.NonBlocking, out int errno));
        Assert.Equal(Errno.EAGAIN, errno);
        Assert.Equal(0, RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.NonBlocking));
    }

    [SkippableFact]
    public void Eagain_NonBlockingDescriptorWithoutTheFlag_KernelWaitsAllTheSame()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = PipeSetup.OfCapacity(Pages.Size);
        using Pages memory = new(1);
        RawCall.SetNonBlocking(pipe.WriteHandle);
        RawCall.SetNonBlocking(pipe.ReadHandle);
        RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None);
        Background sender = Background.Run(() => Assert.Equal(Pages.Size, RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None)));
        sender.UntilItWaits();
        RawCall.ReadAll(pipe.ReadHandle, Pages.Size);
        sender.Join();
        RawCall.ReadAll(pipe.ReadHandle, Pages.Size);

        Background receiver = Background.Run(() => Assert.Equal(Pages.Size, RawPipe.VmSplice(pipe.ReadHandle, memory.All, SpliceFlags.None)));
        receiver.UntilItWaits();
        RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None);
        receiver.Join();
    }

    [SkippableFact]
    public void Eagain_NonBlockingDescriptorOnACopyingKernel_Returns0()
    {
        ThisKernel.NeedsCall();
        Skip.If(ThisKernel.SharesPages, "this kernel shares pages");
        using SplicePipe pipe = PipeSetup.OfCapacity(Pages.Size);
        using Pages memory = new(1);
        RawCall.SetNonBlocking(pipe.WriteHandle);
        RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None);
        Assert.Equal(0, RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None));
    }

    [SkippableFact]
    public void Eagain_EmptyPipeAndNonBlocking_KernelSaysEagainAndWeReturn0()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        Assert.Equal(-1, RawCall.VmSplice(pipe.ReadHandle, [memory.All], SpliceFlags.NonBlocking, out int errno));
        Assert.Equal(Errno.EAGAIN, errno);
        Assert.Equal(0, RawPipe.VmSplice(pipe.ReadHandle, memory.All, SpliceFlags.NonBlocking));
    }

    [SkippableFact]
    public void Ebadf_DescriptorNotOpen()
    {
        ThisKernel.NeedsCall();
        using Pages memory = new(1);
        Assert.Equal(-1, RawCall.VmSplice(RawCall.NotOpen, [memory.All], SpliceFlags.None, out int errno));
        Assert.Equal(Errno.EBADF, errno);
        SystemCallException e = Assert.Throws<SystemCallException>(() => RawPipe.VmSplice(RawCall.NotOpen, memory.All, SpliceFlags.None));
        Assert.Equal(("vmsplice", Errno.EBADF), (e.Call, e.ErrorNumber));
        Assert.Contains("EBADF", e.Message, StringComparison.Ordinal);
        Assert.Contains("999999", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Ebadf_File()
    {
        ThisKernel.NeedsCall();
        using var file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        AssertNoPipe(file, "null");
    }

    [SkippableFact]
    public void Ebadf_Socket()
    {
        ThisKernel.NeedsCall();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        AssertNoPipe(socket.SafeHandle, "socket:");
    }

    [SkippableFact]
    public void Einval_MoreThanIovMaxSegments()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        IoVec[] segments = [.. Enumerable.Repeat(memory.Part(0, 1), RawPipe.IovMax + 1)];
        Assert.Equal(-1, RawCall.VmSplice(pipe.WriteHandle, segments, SpliceFlags.NonBlocking, out int errno));
        Assert.Equal(Errno.EINVAL, errno);
    }

    [Fact]
    public void Einval_MoreThanIovMaxSegments_IsRefusedByUs()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        IoVec[] segments = [.. Enumerable.Repeat(memory.Part(0, 1), RawPipe.IovMax + 1)];
        ArgumentException e = Assert.Throws<ArgumentException>(() => RawPipe.VmSplice(pipe.WriteHandle, segments));
        Assert.Contains("1025 segments; one call takes at most 1024 (IOV_MAX)", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void IovMaxSegments_AreTaken()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        IoVec[] segments = [.. Enumerable.Repeat(memory.Part(0, 1), RawPipe.IovMax)];
        Assert.InRange(RawPipe.VmSplice(pipe.WriteHandle, segments, SpliceFlags.NonBlocking), 1, RawPipe.IovMax);
    }

    [SkippableFact]
    public void Efault_UnmappedMemory()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);

        // Below vm.mmap_min_addr nothing is ever mapped; a page that was unmapped another thread may get.
        IoVec segment = new(4096, 16);
        Assert.Equal(-1, RawCall.VmSplice(pipe.WriteHandle, [segment], SpliceFlags.None, out int errno));
        Assert.Equal(Errno.EFAULT, errno);
        SystemCallException e = Assert.Throws<SystemCallException>(() => RawPipe.VmSplice(pipe.WriteHandle, segment, SpliceFlags.None));
        Assert.Equal(Errno.EFAULT, e.ErrorNumber);
        Assert.Contains("outside of this process's memory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NullSegment_IsRefusedByUs()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        ArgumentException e = Assert.Throws<ArgumentException>(() => RawPipe.VmSplice(pipe.WriteHandle, new IoVec(0, 5), SpliceFlags.None));
        Assert.Contains("Segment 0 is at address 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NegativeLength_IsRefusedByUs()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        ArgumentException e =
            Assert.Throws<ArgumentException>(() => RawPipe.VmSplice(pipe.WriteHandle, new IoVec(memory.Address, unchecked((nuint)(-1))), SpliceFlags.None));
        Assert.Contains("SSIZE_MAX", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NullHandle_IsRefusedByUs() => Assert.Throws<ArgumentNullException>(() => RawPipe.VmSplice(null!, []));

    [SkippableFact]
    public void Epipe_ReaderGone()
    {
        ThisKernel.NeedsCall();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        pipe.ReadHandle.Dispose();
        ReadEnds.AwaitClosed(pipe.WriteHandle);
        Assert.Equal(-1, RawCall.VmSplice(pipe.WriteHandle, [memory.All], SpliceFlags.None, out int errno));
        Assert.Equal(Errno.EPIPE, errno);
        BrokenPipeException e = Assert.Throws<BrokenPipeException>(() => RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None));
        Assert.Equal(("vmsplice", Errno.EPIPE), (e.Call, e.ErrorNumber));
    }

    [Theory]
    [InlineData(Errno.ENOMEM, "ENOMEM", "Dispose buffers")]
    [InlineData(Errno.EPERM, "EPERM", "seccomp")]
    [InlineData(Errno.ENOSYS, "ENOSYS", "no such call")]
    [InlineData(Errno.EINVAL, "EINVAL", "refused an argument")]
    [InlineData(Errno.EOPNOTSUPP, "EOPNOTSUPP", "")]
    public void AnyOtherError_BecomesAnExceptionThatNamesItAndTheWayOut(int error, string name, string wayOut)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using Pages memory = new(1);
        Injected.Errno(error, () =>
        {
            SystemCallException e = Assert.Throws<SystemCallException>(() => RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None));
            Assert.Equal(("vmsplice", error), (e.Call, e.ErrorNumber));
            Assert.Contains("vmsplice failed for descriptor", e.Message, StringComparison.Ordinal);
            Assert.Contains(name, e.Message, StringComparison.Ordinal);
            Assert.Contains(wayOut, e.Message, StringComparison.Ordinal);
        });
    }

    [SkippableFact]
    public void Enomem_InTheMiddleOfASend_ThrowsAndTheBufferIsGone()
    {
        ThisKernel.NeedsSharing();
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        PageBuffer<byte> buffer = writer.Rent<byte>(256 * 1024);
        Injected.Errno(Errno.ENOMEM, () => Assert.Equal(Errno.ENOMEM, Assert.Throws<SystemCallException>(() => writer.Send(buffer)).ErrorNumber));
        Assert.NotEqual(PageBufferState.Owned, buffer.State);
        Assert.Equal(0, writer.BytesAccepted);

        // The writer itself is none the worse for it.
        writer.Write("next"u8);
        Assert.Equal("next"u8, RawCall.Read(pipe.ReadHandle, 10));
    }

    [Fact]
    public void Enomem_NoAddressSpaceForABuffer()
    {
        // 2^31 records of 100 KB: more than any address space.
        SystemCallException e = Assert.Throws<SystemCallException>(() => PageBuffer<Huge>.Allocate(int.MaxValue).Dispose());
        Assert.Equal(("mmap", Errno.ENOMEM), (e.Call, e.ErrorNumber));
        Assert.Contains("bytes of new pages", e.Message, StringComparison.Ordinal);
        Assert.Contains("Dispose buffers", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Eintr_WhileWaitingForSpace_IsRepeated()
    {
        Skip.If(ThisKernel.UnderMode, "the stand-in for a copying kernel is not interrupted");
        using SplicePipe pipe = PipeSetup.OfCapacity(Pages.Size);
        using Pages memory = new(1);
        memory.Fill(0);
        RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None);
        Libc.InterruptOn(Libc.SIGUSR2);
        nint result = -1;
        int bare = 0;
        Background waiter = Background.Run(() =>
        {
            // First the bare call, to see that the signal does interrupt; then ours.
            RawCall.VmSplice(pipe.WriteHandle, [memory.All], SpliceFlags.None, out bare);
            result = RawPipe.VmSplice(pipe.WriteHandle, memory.All, SpliceFlags.None);
        });
        for (int i = 0; i < 10; i++)
        {
            waiter.UntilItWaits();
            waiter.Interrupt();
        }

        waiter.UntilItWaits();
        RawCall.ReadAll(pipe.ReadHandle, Pages.Size);
        waiter.Join();
        Assert.Equal(Errno.EINTR, bare);
        Assert.Equal(Pages.Size, result);
    }

    private static void AssertNoPipe(SafeHandle handle, string what)
    {
        using Pages memory = new(1);
        Assert.Equal(-1, RawCall.VmSplice(handle, [memory.All], SpliceFlags.None, out int errno));
        Assert.Equal(Errno.EBADF, errno);
        SystemCallException e = Assert.Throws<SystemCallException>(() => RawPipe.VmSplice(handle, memory.All, SpliceFlags.None));
        Assert.Equal(Errno.EBADF, e.ErrorNumber);
        Assert.Contains("is not a pipe", e.Message, StringComparison.Ordinal);
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
    }

    [System.Runtime.CompilerServices.InlineArray(100_000)]
    private struct Huge
    {
        private byte _first;
    }
}
