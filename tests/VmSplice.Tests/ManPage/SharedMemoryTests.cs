using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Tests.ManPage;

/// <summary>What memfd_create(2), its seals and /proc/PID/fd really do (docs/kernel.md, "Memory of two processes").</summary>
public unsafe class SharedMemoryTests
{
    private static readonly nuint Page = (nuint)Environment.SystemPageSize;

    [Fact]
    public void SealedMemory_CannotBeMadeShorterOrLonger()
    {
        using SharedMemory memory = Create(othersMayWrite: false, out SafeFileHandle file);
        using (file)
        {
            Assert.Equal(Errno.EPERM, ErrorOf(Unistd.ftruncate(file, 0)));
            Assert.Equal(Errno.EPERM, ErrorOf(Unistd.ftruncate(file, (long)Page * 2)));
        }
    }

    [Fact]
    public void FutureWriteSeal_LeavesTheMappingThatWasThereWritable()
    {
        using SharedMemory memory = Create(othersMayWrite: false, out SafeFileHandle file);
        using (file)
        {
            *(int*)memory.Address = 4711;
            Assert.True(PageMapping.TryProtect(memory.Address, Page, SysMman.PROT_NONE));
            Assert.True(PageMapping.TryProtect(memory.Address, Page, SysMman.PROT_READ | SysMman.PROT_WRITE));
            *(int*)memory.Address += 1;
            Assert.Equal(4712, *(int*)memory.Address);
        }
    }

    [Fact]
    public void FutureWriteSeal_RefusesEveryLaterWritableMapping()
    {
        using SharedMemory memory = Create(othersMayWrite: false, out SafeFileHandle file);
        using (file)
        {
            void* again = SysMman.mmap(null, Page, SysMman.PROT_READ | SysMman.PROT_WRITE, SysMman.MAP_SHARED, file, 0);
            Assert.Equal(Errno.EPERM, again == SysMman.MAP_FAILED ? Marshal.GetLastPInvokeError() : 0);
            FileIdentity identity = FileIdentity.TryGet(file, out _)!.Value;
            Assert.Null(SharedMemory.TryOpen(Environment.ProcessId, Number(file), identity, Page, writable: true));
        }
    }

    [Fact]
    public void MappingOfAnotherDescription_ShowsTheSamePages()
    {
        using SharedMemory memory = Create(othersMayWrite: false, out SafeFileHandle file);
        using (file)
        {
            FileIdentity identity = FileIdentity.TryGet(file, out _)!.Value;
            using SharedMemory? other = SharedMemory.TryOpen(Environment.ProcessId, Number(file), identity, Page, writable: false);
            Assert.NotNull(other);
            *(long*)memory.Address = 0x1122_3344;
            Assert.Equal(0x1122_3344, *(long*)other.Address);
            Assert.False(PageMapping.TryProtect(other.Address, Page, SysMman.PROT_READ | SysMman.PROT_WRITE), "it was opened for reading");
        }
    }

    [Fact]
    public void Mapping_OutlivesEveryDescriptor()
    {
        using SharedMemory memory = Create(othersMayWrite: true, out SafeFileHandle file);
        FileIdentity identity = FileIdentity.TryGet(file, out _)!.Value;
        using SharedMemory? other = SharedMemory.TryOpen(Environment.ProcessId, Number(file), identity, Page, writable: true);
        file.Dispose();
        *(int*)memory.Address = 1;
        memory.Dispose();
        Assert.Equal(1, *(int*)other!.Address);
    }

    [Fact]
    public void NumberThatIsAnotherFilesByNow_IsNotOpened()
    {
        using SharedMemory memory = Create(othersMayWrite: false, out SafeFileHandle file);
        FileIdentity identity = FileIdentity.TryGet(file, out _)!.Value;
        int number = Number(file);
        file.Dispose();
        using SharedMemory second = Create(othersMayWrite: false, out SafeFileHandle secondFile);
        using (secondFile)
        {
            Assert.Null(SharedMemory.TryOpen(Environment.ProcessId, number, identity, Page, writable: false));
            Assert.Null(SharedMemory.TryOpen(Environment.ProcessId, Number(secondFile), identity, Page, writable: false));
        }
    }

    private static SharedMemory Create(bool othersMayWrite, out SafeFileHandle file)
    {
        SharedMemory? memory = SharedMemory.TryCreate("VmSplice.test", Page, othersMayWrite, out SafeFileHandle? created, out int errno);
        Assert.True(memory is not null, Errno.Name(errno));
        file = created!;
        return memory!;
    }

    private static int Number(SafeFileHandle file) => (int)file.DangerousGetHandle();

    private static int ErrorOf(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();
}
