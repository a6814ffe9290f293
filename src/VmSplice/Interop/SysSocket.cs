using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>sys/socket.h: what kind of socket a descriptor is.</summary>
internal static unsafe partial class SysSocket
{
    internal const int SOL_SOCKET = 1;
    internal const int SO_TYPE = 3;
    internal const int SO_ERROR = 4;
    internal const int SO_PROTOCOL = 38;
    internal const int SO_DOMAIN = 39;

    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int SOCK_SEQPACKET = 5;

    internal const int AF_UNIX = 1;
    internal const int AF_INET = 2;
    internal const int AF_INET6 = 10;
    internal const int AF_ALG = 38;

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int getsockopt(SafeHandle socket, int level, int option, void* value, uint* length);
}
