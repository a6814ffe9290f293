namespace VmSplice.Interop;

/// <summary>netinet/in.h: what a stream socket of the Internet speaks.</summary>
internal static class NetinetIn
{
    internal const int IPPROTO_TCP = 6;
}
