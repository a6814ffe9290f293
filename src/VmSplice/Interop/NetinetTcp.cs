namespace VmSplice.Interop;

/// <summary>netinet/tcp.h: whether the kernel itself encrypts what goes through a connection.</summary>
internal static class NetinetTcp
{
    internal const int SOL_TCP = 6;
    internal const int TCP_ULP = 31;
}
