namespace VmSplice.Interop;

/// <summary>netinet/tcp.h: what the kernel has put above TCP, such as TLS.</summary>
internal static class NetinetTcp
{
    internal const int SOL_TCP = 6;
    internal const int TCP_ULP = 31;
}
