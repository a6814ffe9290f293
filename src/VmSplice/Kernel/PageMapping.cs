using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>
/// Private anonymous memory of our own, the only memory that can be given up safely: after munmap or MADV_DONTNEED a
/// reader still has the old pages, and nobody else gets them (measured on Linux 6.18, docs/kernel.md).
/// </summary>
/// <remarks>
/// There is no finalizer on purpose. A span may outlive every handle to its mapping, and memory that leaks is better
/// than a span into memory that is somebody else's.
/// </remarks>
internal sealed unsafe class PageMapping : IDisposable
{
    private PageMapping(void* address, nuint length)
    {
        Address = (nint)address;
        Length = length;
    }

    /// <summary>Gets the first byte; a multiple of the page size, and of the huge page size where those were asked for.</summary>
    internal nint Address { get; private set; }

    internal nuint Length { get; }

    /// <summary>Maps whole pages of zeros.</summary>
    /// <param name="length">Bytes, a multiple of the page size; of the huge page size with <paramref name="hugePages"/>.</param>
    /// <param name="hugePages">Align to huge pages and advise the kernel to use them. It may not.</param>
    internal static PageMapping Map(nuint length, bool hugePages)
    {
        Debug.Assert(length > 0 && length % (nuint)Environment.SystemPageSize == 0, "whole pages");
        nuint alignment = hugePages ? (nuint)HugePageProbe.Size : (nuint)Environment.SystemPageSize;
        Debug.Assert(length % alignment == 0, "whole huge pages");

        // SAFETY: fresh memory at an address that the kernel chose; nobody else knows it. The surplus for alignment is
        // given back before anybody sees it.
        nuint surplus = hugePages ? alignment : 0;
        byte* start = (byte*)MapAnywhere(length + surplus);
        byte* aligned = (byte*)(((nuint)start + alignment - 1) & ~(alignment - 1));
        Trim(start, (nuint)(aligned - start));
        Trim(aligned + length, surplus - (nuint)(aligned - start));

        // A child made by fork would turn pages in flight into copy-on-write ones, and whose copy the reader sees would
        // depend on who writes first.
        if (SysMman.madvise(aligned, length, SysMman.MADV_DONTFORK) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            _ = SysMman.munmap(aligned, length);
            throw SystemCallException.Create("madvise", errno, "new pages (MADV_DONTFORK)");
        }

        if (hugePages)
        {
            // Only advice: a kernel without huge pages answers EINVAL, and small pages are right as well.
            _ = SysMman.madvise(aligned, length, SysMman.MADV_HUGEPAGE);
        }

        return new PageMapping(aligned, length);
    }

    /// <summary>Gives the pages of a range up and gets zeros in their place. A reader that has the old pages keeps them.</summary>
    internal static void Discard(nint address, nuint length)
        => Advise(address, length, SysMman.madvise((void*)address, length, SysMman.MADV_DONTNEED), "madvise");

    /// <summary>Changes what this process may do with a range. A reader of the pages is not concerned.</summary>
    internal static void Protect(nint address, nuint length, int protection)
        => Advise(address, length, SysMman.mprotect((void*)address, length, protection), "mprotect");

    /// <summary>Unmaps everything. Any span into it faults from now on.</summary>
    public void Dispose()
    {
        if (Address != 0)
        {
            // SAFETY: the callers dispose a mapping once no block of it is owned by anybody.
            _ = SysMman.munmap((void*)Address, Length);
            Address = 0;
        }
    }

    private static void* MapAnywhere(nuint length)
    {
        void* address = SysMman.mmap(null, length, SysMman.PROT_READ | SysMman.PROT_WRITE, SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS, -1, 0);
        return address != SysMman.MAP_FAILED
            ? address
            : throw SystemCallException.Create("mmap", Marshal.GetLastPInvokeError(), string.Create(CultureInfo.InvariantCulture, $"{length} bytes of new pages"));
    }

    private static void Trim(byte* start, nuint length)
    {
        if (length != 0)
        {
            _ = SysMman.munmap(start, length);
        }
    }

    private static void Advise(nint address, nuint length, int result, string call)
    {
        if (result != 0)
        {
            throw SystemCallException.Create(call, Marshal.GetLastPInvokeError(), string.Create(CultureInfo.InvariantCulture, $"{length} bytes of pages at 0x{address:x}"));
        }
    }
}
