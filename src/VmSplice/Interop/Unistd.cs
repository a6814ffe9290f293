using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>unistd.h: creating, reading and writing pipes, and writing files.</summary>
internal static unsafe partial class Unistd
{
    internal const int _SC_NPROCESSORS_ONLN = 84;

    [LibraryImport("libc", EntryPoint = "sysconf")]
    internal static partial long sysconf(int name);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint geteuid();

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int ftruncate(SafeHandle fd, long length);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int pipe2(int* fds, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint read(SafeHandle fd, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint write(SafeHandle fd, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    internal static partial nint pwrite(SafeHandle fd, void* buffer, nuint count, long offset);

    /// <summary>read(2): one attempt, −1 and the error number where it fails.</summary>
    internal static nint TryRead(SafeHandle handle, void* buffer, nuint count, out int errno)
    {
        using HeldDescriptor held = new(handle);
        nint result = SysSyscall.HasNumbers ? SysSyscall.syscall(SysSyscall.SYS_read, held.Number, buffer, count) : read(held.Number, buffer, count);
        errno = result < 0 ? Marshal.GetLastSystemError() : 0;
        return result;
    }

    /// <summary>write(2): one attempt, −1 and the error number where it fails.</summary>
    internal static nint TryWrite(SafeHandle handle, void* buffer, nuint count, out int errno)
    {
        using HeldDescriptor held = new(handle);
        return TryWrite(held.Number, buffer, count, out errno);
    }

    /// <summary>The same of a descriptor that the caller keeps open.</summary>
    internal static nint TryWrite(int descriptor, void* buffer, nuint count, out int errno)
    {
        nint result = SysSyscall.HasNumbers ? SysSyscall.syscall(SysSyscall.SYS_write, descriptor, buffer, count) : write(descriptor, buffer, count);
        errno = result < 0 ? Marshal.GetLastSystemError() : 0;
        return result;
    }

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint write(int fd, void* buffer, nuint count);
}
