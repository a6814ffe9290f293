using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>
/// sys/syscall.h: calls of the kernel by their number. The C library's functions of the same names are cancellation points (pthreads(7)): in a process
/// with threads, as every one of .NET is, each changes the state of its thread before and after the call, atomically, for a pthread_cancel(3) that the
/// runtime never asks for. That is a fifth of a short write(2) (docs/performance.md, "Sends of at most 4 KiB").
/// </summary>
internal static unsafe partial class SysSyscall
{
    /// <summary>Gets whether the numbers of this processor's calls are known here. Else it is the C library that knows them.</summary>
    internal static bool HasNumbers { get; } = IsX64 || RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    internal static int SYS_read => IsX64 ? 0 : 63;

    internal static int SYS_write => IsX64 ? 1 : 64;

    internal static int SYS_vmsplice => IsX64 ? 278 : 75;

    internal static int SYS_preadv2 => IsX64 ? 327 : 286;

    internal static int SYS_pwritev2 => IsX64 ? 328 : 287;

    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    // Variadic in C; the arguments go where fixed ones would on both processors. What the kernel says is errno, until this thread calls the C library
    // again: whoever calls these asks for Marshal.GetLastSystemError right behind, and only where it is needed.
    [LibraryImport("libc", EntryPoint = "syscall")]
    internal static partial nint syscall(nint number, nint fd, void* memory, nuint length);

    [LibraryImport("libc", EntryPoint = "syscall")]
    internal static partial nint syscall(nint number, nint fd, void* memory, nuint length, nint argument);

    [LibraryImport("libc", EntryPoint = "syscall")]
    internal static partial nint syscall(nint number, nint fd, void* memory, nuint length, nint low, nint high, nint argument);
}
