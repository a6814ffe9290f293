using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
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
    private PageMapping(void* address, nuint length, bool hugePages)
    {
        Address = (nint)address;
        Length = length;
        HugePages = hugePages;
    }

    /// <summary>Gets the first byte; a multiple of the page size, and of the huge page size where the kernel had room for that.</summary>
    internal nint Address { get; private set; }

    internal nuint Length { get; }

    /// <summary>Gets whether huge pages were asked for.</summary>
    internal bool HugePages { get; }

    /// <summary>Maps whole pages of zeros.</summary>
    /// <param name="length">Bytes, a multiple of the page size; of the huge page size with <paramref name="hugePages"/>.</param>
    /// <param name="hugePages">Align to huge pages and advise the kernel to use them. It may not.</param>
    /// <exception cref="SystemCallException">mmap(2) failed, also for the bare length.</exception>
    internal static PageMapping Map(nuint length, bool hugePages)
    {
        Debug.Assert(length > 0 && length % (nuint)Environment.SystemPageSize == 0, "whole pages");
        byte* start = hugePages ? TryMapAligned(length, (nuint)HugePageProbe.Size) : null;
        if (start is null)
        {
            start = (byte*)SysMman.mmap(null, length, SysMman.PROT_READ | SysMman.PROT_WRITE, SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS, -1, 0);
            if (start == SysMman.MAP_FAILED)
            {
                throw SystemCallException.Create("mmap", Marshal.GetLastPInvokeError(), string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Counted.Bytes(length)} of new pages"));
            }
        }

        AdviseNew(start, length, hugePages);
        return new PageMapping(start, length, hugePages);
    }

    /// <summary>Gives the pages of a range up and gets zeros in their place. A reader that has the old pages keeps them.</summary>
    /// <exception cref="SystemCallException">
    /// No way leads there. The range may not be touched any more, nor unmapped: part of it may be somebody else's by now.
    /// </exception>
    internal static void Discard(nint address, nuint length, bool hugePages)
    {
        // EINVAL: the memory is locked (mlockall). Linux 5.18 gives up locked pages when asked by another name.
        if (SysMman.madvise((void*)address, length, SysMman.MADV_DONTNEED) == 0
            || SysMman.madvise((void*)address, length, SysMman.MADV_DONTNEED_LOCKED) == 0)
        {
            return;
        }

        int errno = Marshal.GetLastPInvokeError();

        // SAFETY: the range is ours, and nobody uses it. New pages take the place of the old ones in one step.
        const int InThePlace = SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS | SysMman.MAP_FIXED;
        void* mapped = SysMman.mmap((void*)address, length, SysMman.PROT_READ | SysMman.PROT_WRITE, InThePlace, -1, 0);
        if (mapped == SysMman.MAP_FAILED)
        {
            throw SystemCallException.Create("mmap", Marshal.GetLastPInvokeError(), string.Create(
                CultureInfo.InvariantCulture,
                $"{Counted.Bytes(length)} of new pages in the place of sent ones"));
        }

        Instruments.CountFallback("madvise", errno, "pages that are given up");
        AdviseNew((byte*)address, length, hugePages);
    }

    /// <summary>Changes what this process may do with a range. A reader of the pages is not concerned.</summary>
    /// <exception cref="SystemCallException">mprotect(2) failed (ENOMEM: vm.max_map_count).</exception>
    internal static void Protect(nint address, nuint length, int protection)
    {
        if (!TryProtect(address, length, protection))
        {
            throw SystemCallException.Create("mprotect", Marshal.GetLastPInvokeError(), string.Create(
                CultureInfo.InvariantCulture,
                $"{Counted.Bytes(length)} of pages at 0x{address:x}"));
        }
    }

    /// <summary>As <see cref="Protect"/>. Where it fails, a part of the range may have changed.</summary>
    internal static bool TryProtect(nint address, nuint length, int protection) => SysMman.mprotect((void*)address, length, protection) == 0;

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

    /// <summary>Maps with enough around it to cut off what is not aligned. Null where there is no room for that.</summary>
    private static byte* TryMapAligned(nuint length, nuint alignment)
    {
        // SAFETY: fresh memory at an address that the kernel chose; nobody else knows it. The surplus is given back before
        // anybody sees it.
        byte* start = (byte*)SysMman.mmap(null, length + alignment, SysMman.PROT_READ | SysMman.PROT_WRITE, SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS, -1, 0);
        if (start == SysMman.MAP_FAILED)
        {
            return null;
        }

        byte* aligned = (byte*)(((nuint)start + alignment - 1) & ~(alignment - 1));
        Trim(start, (nuint)(aligned - start));
        Trim(aligned + length, alignment - (nuint)(aligned - start));
        return aligned;
    }

    private static void Trim(byte* start, nuint length)
    {
        if (length != 0)
        {
            _ = SysMman.munmap(start, length);
        }
    }

    /// <summary>Says how new pages are used. All of it is advice, and a kernel or sandbox may refuse it.</summary>
    private static void AdviseNew(byte* start, nuint length, bool hugePages)
    {
        // A child made by fork would turn pages in flight into copy-on-write ones: the sender's next store into each of them
        // would copy it first. What the reader gets is the same.
        if (SysMman.madvise(start, length, SysMman.MADV_DONTFORK) != 0)
        {
            Instruments.CountFallback("MADV_DONTFORK", Marshal.GetLastPInvokeError(), "new pages");
        }

        // A kernel without huge pages answers EINVAL, and small pages are right as well.
        _ = SysMman.madvise(start, length, hugePages ? SysMman.MADV_HUGEPAGE : SysMman.MADV_NOHUGEPAGE);
    }
}
