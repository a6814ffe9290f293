using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>fcntl.h: opening, descriptor flags, pipe capacity, and vmsplice, splice and tee themselves.</summary>
internal static unsafe partial class Fcntl
{
    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_RDWR = 2;
    internal const int O_ACCMODE = 3;
    internal const int O_APPEND = 0x400;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;
    internal const int O_PATH = 0x200000;

    internal const int F_GETFD = 1;
    internal const int F_SETFD = 2;
    internal const int F_GETFL = 3;
    internal const int F_SETFL = 4;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int F_SETPIPE_SZ = 1031;
    internal const int F_GETPIPE_SZ = 1032;
    internal const int F_ADD_SEALS = 1033;
    internal const int F_GET_SEALS = 1034;
    internal const int F_GET_RW_HINT = 1035;
    internal const int F_SET_RW_HINT = 1036;
    internal const int FD_CLOEXEC = 1;

    internal const int F_SEAL_SEAL = 1;
    internal const int F_SEAL_SHRINK = 2;
    internal const int F_SEAL_GROW = 4;
    internal const int F_SEAL_WRITE = 8;
    internal const int F_SEAL_FUTURE_WRITE = 0x10;

    internal const ulong RWH_WRITE_LIFE_SHORT = 2;

    internal const uint SPLICE_F_MOVE = 1;
    internal const uint SPLICE_F_NONBLOCK = 2;
    internal const uint SPLICE_F_MORE = 4;
    internal const uint SPLICE_F_GIFT = 8;

    /// <summary>vmsplice(2): one attempt, −1 and the error number where it fails.</summary>
    internal static nint TryVmSplice(SafeHandle pipe, ReadOnlySpan<IoVec> segments, SpliceFlags flags, out int errno)
    {
        // SAFETY: the kernel only reads the segment array, during the call. What the segments point to is the caller's.
        fixed (IoVec* first = segments)
        {
            using HeldDescriptor held = new(pipe);
            nint accepted = SysSyscall.HasNumbers
                ? SysSyscall.syscall(SysSyscall.SYS_vmsplice, held.Number, first, (nuint)segments.Length, (nint)flags)
                : vmsplice(held.Number, first, (nuint)segments.Length, (uint)flags);
            errno = accepted < 0 ? Marshal.GetLastSystemError() : 0;
            return accepted;
        }
    }

    [LibraryImport("libc", EntryPoint = "vmsplice")]
    internal static partial nint vmsplice(int fd, IoVec* iov, nuint nr_segs, uint flags);

    [LibraryImport("libc", EntryPoint = "splice", SetLastError = true)]
    internal static partial nint splice(SafeHandle fdIn, long* offsetIn, SafeHandle fdOut, long* offsetOut, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "tee", SetLastError = true)]
    internal static partial nint tee(SafeHandle fdIn, SafeHandle fdOut, nuint length, uint flags);

    // Variadic in C; the third argument goes where a fixed one would on every 64-bit Linux ABI.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int fcntl(SafeHandle fd, int cmd, nint arg);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, uint mode);
}
