namespace VmSplice.Analyzers.Tests.Programs.Second;

/// <summary>Mistakes with the raw call, by values of helpers and fields.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OffsetFromField"] = """
            sealed class Sender(SafeHandle pipe)
            {
                private readonly int _header = 24;

                public void Gift(int length)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(1 << 20);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(b.Address + _header, (nuint)Environment.SystemPageSize), SpliceFlags.Gift); //~VMS3001
                    if (sent != Environment.SystemPageSize) throw new IOException();
                }
            }
            """,
        ["LengthFromHelper"] = """
            static class P
            {
                static int Bytes(int records) => records * 24;
                static void M(SafeHandle pipe)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(1 << 20);
                    int length = Bytes(1000);
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, (nuint)length), SpliceFlags.Gift) != length) throw new IOException(); //~VMS3002
                }
            }
            """,
        ["SocketOfConstructor"] = """
            sealed class Net
            {
                private readonly System.Net.Sockets.Socket _socket;
                public Net() => _socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                public void Send(FrozenPages<byte> page)
                {
                    using SpliceWriter w = SpliceWriter.Open(_socket.SafeHandle); //~VMS4003
                    w.Send(page);
                }
            }
            """,
        ["ShortTransferAsSuccess"] = """
            static class P
            {
                static bool M(SafeHandle pipe, FrozenPages<byte> page)
                    => RawPipe.VmSplice(pipe, new IoVec(page.Address, (nuint)page.Length), SpliceFlags.None) > 0; //~VMS4002
            }
            """,
        ["FlagOfSplice"] = """
            static class P
            {
                static void M(SafeHandle pipe, FrozenPages<byte> page)
                {
                    const SpliceFlags flags = SpliceFlags.Move | SpliceFlags.More;
                    if (RawPipe.VmSplice(pipe, new IoVec(page.Address, (nuint)page.Length), flags) != page.Length) throw new IOException(); //~VMS4005
                }
            }
            """,
    };
}
