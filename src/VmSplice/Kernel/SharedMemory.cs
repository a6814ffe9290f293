using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>
/// Memory that another process of the same user can map: a file without a name (memfd_create(2)), sealed, so that nobody can make it
/// shorter under a mapping (SIGBUS) or longer. It is gone with the last process that has it mapped or open, however that ends.
/// </summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    // linux/memfd.h, from Linux 6.3 on: headers of many distributions do not have it yet.
    private const uint NoExecSeal = 8;

    private const int SizeSeals = Fcntl.F_SEAL_SHRINK | Fcntl.F_SEAL_GROW | Fcntl.F_SEAL_SEAL;

    private SharedMemory(void* address, nuint length)
    {
        Address = (nint)address;
        Length = length;
    }

    /// <summary>Gets the first byte; a multiple of the page size.</summary>
    internal nint Address { get; private set; }

    internal nuint Length { get; }

    /// <summary>Makes memory of zeros. No page of it exists before it is touched.</summary>
    /// <param name="name">What /proc shows.</param>
    /// <param name="length">Bytes, whole pages.</param>
    /// <param name="othersMayWrite">Whether another process may map it writable.</param>
    /// <param name="file">The file, by whose number others find it. To be closed when nobody else shall.</param>
    /// <param name="errno">Why there is none.</param>
    /// <returns><see langword="null"/> where the kernel, a sandbox or a limit does not give it.</returns>
    internal static SharedMemory? TryCreate(string name, nuint length, bool othersMayWrite, out SafeFileHandle? file, out int errno)
    {
        Debug.Assert(length > 0 && length % (nuint)Environment.SystemPageSize == 0, "whole pages");
        file = TryCreateFile(name, out errno);
        if (file is null)
        {
            return null;
        }

        // Mapped before it is sealed: the seal is for those who map it later.
        int seals = SizeSeals | (othersMayWrite ? 0 : Fcntl.F_SEAL_FUTURE_WRITE);
        void* start = null;
        if (Unistd.ftruncate(file, (long)length) == 0
            && (start = TryMap(file, length, SysMman.PROT_READ | SysMman.PROT_WRITE)) is not null
            && Fcntl.fcntl(file, Fcntl.F_ADD_SEALS, seals) == 0)
        {
            // Where shmem_enabled says "advise", it comes in huge pages.
            _ = SysMman.madvise(start, length, SysMman.MADV_DONTFORK);
            _ = SysMman.madvise(start, length, SysMman.MADV_HUGEPAGE);
            return new SharedMemory(start, length);
        }

        errno = Marshal.GetLastPInvokeError();
        if (start is not null)
        {
            _ = SysMman.munmap(start, length);
        }

        file.Dispose();
        file = null;
        return null;
    }

    /// <summary>Maps what another process made, after a look whether it is what was announced and nobody can take it away.</summary>
    /// <param name="process">The other process, or this one.</param>
    /// <param name="descriptor">The number of its descriptor.</param>
    /// <param name="expected">Which file that must be.</param>
    /// <param name="length">How long it must be, in bytes.</param>
    /// <param name="writable">Whether to map it writable. Else it must be sealed against that.</param>
    /// <returns><see langword="null"/> where it cannot be had, or is not that.</returns>
    internal static SharedMemory? TryOpen(int process, int descriptor, FileIdentity expected, nuint length, bool writable)
    {
        using SafeFileHandle? file = ProcessDescriptor.TryOpen(
            process,
            descriptor,
            expected,
            SysStat.S_IFREG,
            writable ? Fcntl.O_RDWR : Fcntl.O_RDONLY,
            out ulong size);
        if (file is null || size != length)
        {
            return null;
        }

        int wanted = SizeSeals | (writable ? 0 : Fcntl.F_SEAL_FUTURE_WRITE);
        int seals = Fcntl.fcntl(file, Fcntl.F_GET_SEALS, 0);
        if (seals < 0 || (seals & wanted) != wanted)
        {
            return null;
        }

        void* start = TryMap(file, length, writable ? SysMman.PROT_READ | SysMman.PROT_WRITE : SysMman.PROT_READ);
        if (start is null)
        {
            return null;
        }

        _ = SysMman.madvise(start, length, SysMman.MADV_DONTFORK);
        return new SharedMemory(start, length);
    }

    /// <summary>Unmaps it. Any span into it faults from now on.</summary>
    public void Dispose()
    {
        if (Address != 0)
        {
            // SAFETY: the callers dispose it once nobody in this process uses it. What other processes have mapped stays theirs.
            _ = SysMman.munmap((void*)Address, Length);
            Address = 0;
        }
    }

    private static SafeFileHandle? TryCreateFile(string name, out int errno)
    {
        const uint Flags = SysMman.MFD_CLOEXEC | SysMman.MFD_ALLOW_SEALING;
        int number = SysMman.memfd_create(name, Flags | NoExecSeal);
        errno = number < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (errno == Errno.EINVAL)
        {
            // Before Linux 6.3 there was no such flag.
            number = SysMman.memfd_create(name, Flags);
            errno = number < 0 ? Marshal.GetLastPInvokeError() : 0;
        }

        return number < 0 ? null : new SafeFileHandle(number, ownsHandle: true);
    }

    private static void* TryMap(SafeFileHandle file, nuint length, int protection)
    {
        // SAFETY: fresh memory at an address that the kernel chose.
        void* start = SysMman.mmap(null, length, protection, SysMman.MAP_SHARED, file, 0);
        return start == SysMman.MAP_FAILED ? null : start;
    }
}
