using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>sys/uio.h: reading and writing with flags for the one call.</summary>
internal static unsafe partial class SysUio
{
    /// <summary>Answer EAGAIN instead of waiting. FIFOs do not take it (EOPNOTSUPP), nor do pipes of older kernels.</summary>
    internal const int RWF_NOWAIT = 8;

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    internal static partial nint preadv2(SafeHandle fd, IoVec* iov, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "pwritev2", SetLastError = true)]
    internal static partial nint pwritev2(SafeHandle fd, IoVec* iov, int count, long offset, int flags);
}
