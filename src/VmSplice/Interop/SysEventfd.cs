using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>sys/eventfd.h: a counter with a descriptor, by which one thread wakes another one out of poll(2).</summary>
internal static partial class SysEventfd
{
    internal const int EFD_CLOEXEC = 0x80000;
    internal const int EFD_NONBLOCK = 0x800;

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int eventfd(uint count, int flags);
}
