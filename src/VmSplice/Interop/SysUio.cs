using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>sys/uio.h: reading and writing several segments in one call, and with flags for the one call.</summary>
internal static unsafe partial class SysUio
{
    /// <summary>Answer EAGAIN instead of waiting. FIFOs do not take it (EOPNOTSUPP), nor do pipes of older kernels.</summary>
    internal const int RWF_NOWAIT = 8;

    /// <summary>Where the descriptor is, as in read(2): pipes know no other place. No name of the headers', so no constant here.</summary>
    private static long NoOffset => -1;

    [LibraryImport("libc", EntryPoint = "preadv2")]
    internal static partial nint preadv2(int fd, IoVec* iov, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "pwritev2")]
    internal static partial nint pwritev2(int fd, IoVec* iov, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "readv", SetLastError = true)]
    internal static partial nint readv(SafeHandle fd, IoVec* iov, int iovcnt);

    [LibraryImport("libc", EntryPoint = "writev", SetLastError = true)]
    internal static partial nint writev(SafeHandle fd, IoVec* iov, int iovcnt);

    /// <summary>The bare call: one attempt, −1 and the error number where it fails.</summary>
    internal static nint TryReadV(SafeHandle handle, ReadOnlySpan<IoVec> segments, out int errno)
    {
        // SAFETY: the kernel reads the segment array during the call. What the segments point to is the caller's.
        fixed (IoVec* first = segments)
        {
            nint read = readv(handle, first, segments.Length);
            errno = read < 0 ? Marshal.GetLastPInvokeError() : 0;
            return read;
        }
    }

    /// <summary>The bare call: one attempt, −1 and the error number where it fails.</summary>
    internal static nint TryWriteV(SafeHandle handle, ReadOnlySpan<IoVec> segments, out int errno)
    {
        // SAFETY: as above.
        fixed (IoVec* first = segments)
        {
            nint written = writev(handle, first, segments.Length);
            errno = written < 0 ? Marshal.GetLastPInvokeError() : 0;
            return written;
        }
    }

    /// <summary>As <see cref="TryReadV"/>, and EAGAIN instead of a wait.</summary>
    internal static nint TryReadNoWait(SafeHandle handle, ReadOnlySpan<IoVec> segments, out int errno)
    {
        // SAFETY: as above.
        fixed (IoVec* first = segments)
        {
            using HeldDescriptor held = new(handle);
            nint read = SysSyscall.HasNumbers
                ? SysSyscall.syscall(SysSyscall.SYS_preadv2, held.Number, first, (nuint)segments.Length, (nint)NoOffset, 0, RWF_NOWAIT)
                : preadv2(held.Number, first, segments.Length, NoOffset, RWF_NOWAIT);
            errno = read < 0 ? Marshal.GetLastSystemError() : 0;
            return read;
        }
    }

    /// <summary>As <see cref="TryWriteV"/>, and EAGAIN instead of a wait.</summary>
    internal static nint TryWriteNoWait(SafeHandle handle, ReadOnlySpan<IoVec> segments, out int errno)
    {
        // SAFETY: as above.
        fixed (IoVec* first = segments)
        {
            using HeldDescriptor held = new(handle);
            nint written = SysSyscall.HasNumbers
                ? SysSyscall.syscall(SysSyscall.SYS_pwritev2, held.Number, first, (nuint)segments.Length, (nint)NoOffset, 0, RWF_NOWAIT)
                : pwritev2(held.Number, first, segments.Length, NoOffset, RWF_NOWAIT);
            errno = written < 0 ? Marshal.GetLastSystemError() : 0;
            return written;
        }
    }
}
