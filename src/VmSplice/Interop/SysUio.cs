using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>sys/uio.h: reading and writing several segments in one call.</summary>
internal static unsafe partial class SysUio
{
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
}
