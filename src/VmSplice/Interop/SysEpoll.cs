using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>sys/epoll.h: waiting for many descriptors on one thread.</summary>
internal static unsafe partial class SysEpoll
{
    internal const int EPOLL_CLOEXEC = 0x80000;
    internal const int EPOLL_CTL_ADD = 1;
    internal const int EPOLL_CTL_DEL = 2;
    internal const int EPOLL_CTL_MOD = 3;
    internal const uint EPOLLIN = 1;
    internal const uint EPOLLOUT = 4;
    internal const uint EPOLLONESHOT = 1u << 30;

    /// <summary>Gets the size of struct epoll_event: packed on x86-64, where the 32-bit kernel's layout was kept.</summary>
    internal static int EventSize { get; } = IsPacked ? 12 : 16;

    /// <summary>Gets the offset of its data.</summary>
    internal static int DataOffset { get; } = IsPacked ? 4 : 8;

    private static bool IsPacked => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    /// <summary>Fills the event at <paramref name="at"/>.</summary>
    internal static void SetEvent(byte* at, uint events, ulong data)
    {
        *(uint*)at = events;
        *(ulong*)(at + DataOffset) = data;
    }

    /// <summary>Gets the data of the event at <paramref name="at"/>.</summary>
    internal static ulong DataOf(byte* at) => *(ulong*)(at + DataOffset);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int epoll_create1(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int epoll_ctl(SafeHandle epoll, int operation, SafeHandle fd, byte* epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    internal static partial int epoll_wait(SafeHandle epoll, byte* events, int maximum, int timeoutMilliseconds);
}
