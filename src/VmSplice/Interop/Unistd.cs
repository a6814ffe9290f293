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
}
