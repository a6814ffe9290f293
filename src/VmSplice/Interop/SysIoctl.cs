using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>sys/ioctl.h: how many bytes wait in a pipe.</summary>
internal static unsafe partial class SysIoctl
{
    internal const nuint FIONREAD = 0x541B;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int ioctl(SafeHandle fd, nuint request, int* argument);
}
