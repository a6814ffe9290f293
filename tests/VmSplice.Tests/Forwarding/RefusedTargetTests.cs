using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Tests.Forwarding;

/// <summary>What nothing can be forwarded to is refused before the kernel is asked, with the reason and the way out.</summary>
public sealed class RefusedTargetTests : IDisposable
{
    private const int AF_VSOCK = 40;
    private const int IPPROTO_SCTP = 132;
    private const int IPPROTO_MPTCP = 262;

    private readonly SplicePipe _pipe = SplicePipe.Create(1024 * 1024);
    private readonly SpliceReader _reader;

    public RefusedTargetTests()
    {
        _reader = _pipe.OpenReader();
        RawCall.Write(_pipe.WriteHandle, [1, 2, 3]);
    }

    public void Dispose()
    {
        // Refused means untouched.
        Assert.Equal([1, 2, 3], RawCall.Read(_pipe.ReadHandle, 100));
        _reader.Dispose();
        _pipe.Dispose();
    }

    [Theory]
    [InlineData(SocketType.Dgram, "datagram socket")]
    [InlineData(SocketType.Seqpacket, "seqpacket socket")]
    public void MessageSocket_IsRefused(SocketType type, string reason)
    {
        using Socket socket = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
        Assert.Contains(reason, Refusal(() => _reader.Forward(socket, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void ConnectedUdpSocket_IsRefused()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, 9));
        Assert.Contains("Socket.Send", Refusal(() => _reader.Forward(socket)), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(SysSocket.AF_ALG, SysSocket.SOCK_SEQPACKET, 0, "AF_ALG")]
    [InlineData(AF_VSOCK, SysSocket.SOCK_STREAM, 0, "address family 40")]
    [InlineData(SysSocket.AF_INET, SysSocket.SOCK_STREAM, IPPROTO_SCTP, "protocol 132")]
    public void SocketThatDotNetDoesNotKnow_IsRefusedByWhatItSaysOfItself(int domain, int type, int protocol, string reason)
    {
        using SafeFileHandle socket = Create(domain, type, protocol);
        Assert.Contains(reason, Refusal(() => _reader.Forward(socket, 3)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void SocketWithKernelTls_IsRefused()
    {
        using StreamSockets sockets = StreamSockets.Tcp();
        int set = Libc.setsockopt(sockets.Near.SafeHandle, NetinetTcp.SOL_TCP, NetinetTcp.TCP_ULP, "tls"u8, 3);
        Skip.If(set != 0, $"this kernel has no TLS: setsockopt answers {Errno.Name(Marshal.GetLastPInvokeError())}");
        Assert.Contains("'tls' above TCP", Refusal(() => _reader.Forward(sockets.Near, 3)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void SocketOfMultipathTcp_IsRefusedByItsUpperProtocol()
    {
        // The other protocol above TCP that a kernel may have, and answers for with the same option as for TLS.
        using Socket listener = CreateStream(IPPROTO_MPTCP);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using Socket socket = CreateStream(IPPROTO_MPTCP);
        socket.Connect(listener.LocalEndPoint!);
        using Socket accepted = listener.Accept();
        Assert.Contains("'mptcp' above TCP", Refusal(() => _reader.Forward(socket, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void AppendingFile_IsRefused()
    {
        using TemporaryFile file = new();
        using SafeFileHandle handle = new(Fcntl.open(file.Path, Fcntl.O_WRONLY | Fcntl.O_APPEND | Libc.O_CREAT, 0x180), ownsHandle: true);
        string message = Refusal(() => _reader.Forward(handle, 3));
        Assert.Contains("O_APPEND", message, StringComparison.Ordinal);
        Assert.Contains("AsStream().CopyTo", message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileOpenForReading_IsRefused()
    {
        using TemporaryFile file = new();
        File.WriteAllBytes(file.Path, []);
        using FileStream stream = File.OpenRead(file.Path);
        Assert.Contains("not open for writing", Refusal(() => _reader.Forward(stream, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void Device_IsRefused()
    {
        using SafeFileHandle device = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        Assert.Contains("character device", Refusal(() => _reader.Forward(device, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadEnd_IsRefused()
    {
        using SplicePipe other = SplicePipe.Create(1024 * 1024);
        Assert.Contains("read end", Refusal(() => _reader.Forward(other.ReadHandle, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void SamePipe_IsRefused()
    {
        using SpliceWriter writer = SpliceWriter.Open(_pipe.WriteHandle, new SpliceWriterOptions { LeaveOpen = true });
        Assert.Contains("into itself", Refusal(() => _reader.Forward(writer, 3)), StringComparison.Ordinal);
        Assert.Contains("into itself", Refusal(() => _reader.Tee(writer, 3)), StringComparison.Ordinal);
        Assert.Contains("into itself", Refusal(() => _reader.Forward(_pipe.WriteHandle, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void NegativeCount_IsRefused()
    {
        using SplicePipe other = SplicePipe.Create(1024 * 1024);
        Assert.Throws<ArgumentOutOfRangeException>(() => _reader.Forward(other.WriteHandle, -1));
    }

    [Fact]
    public void ClosedTarget_IsRefused()
    {
        SafePipeHandle closed = new(0, ownsHandle: false);
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _reader.Forward(closed, 3));
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _reader.Forward(socket, 3));
    }

    private static SafeFileHandle Create(int domain, int type, int protocol)
    {
        int descriptor = Libc.socket(domain, type, protocol);
        Skip.If(descriptor < 0, $"this kernel has no such socket: socket({domain}, {type}, {protocol}) answers {Errno.Name(Marshal.GetLastPInvokeError())}");
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static Socket CreateStream(int protocol)
    {
        using SafeFileHandle created = Create(SysSocket.AF_INET, SysSocket.SOCK_STREAM, protocol);
        nint descriptor = created.DangerousGetHandle();
        created.SetHandleAsInvalid();
        return new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
    }

    private static string Refusal(Func<object> forward) => Assert.Throws<ArgumentException>(() => { forward(); }).Message;
}
