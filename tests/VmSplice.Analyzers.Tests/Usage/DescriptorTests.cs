using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4003, VMS4004.</summary>
public sealed class DescriptorTests
{
    [Theory]
    [InlineData(
        """
        using var file = File.OpenHandle("out.bin", FileMode.Create, FileAccess.Write);
        _ = RawPipe.VmSplice([|file|], new IoVec(p, length), SpliceFlags.None);
        """)]
    [InlineData(
        """
        using var file = new FileStream("/tmp/x.dat", FileMode.Open);
        _ = RawPipe.VmSplice([|file.SafeFileHandle|], new IoVec(p, length), SpliceFlags.None);
        """)]
    [InlineData("using var file = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.Write); using var w = SpliceWriter.Open([|file|]);")]
    [InlineData(
        """
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _ = RawPipe.VmSplice([|socket.SafeHandle|], new IoVec(p, length), SpliceFlags.None);
        """)]
    [InlineData("", "void N(Socket socket, iovec* v) { _ = Libc.vmsplice([|(int)socket.Handle|], v, 1, 0); }")]
    [InlineData("using var stream = new NamedPipeServerStream(\"frames\"); using var w = SpliceWriter.Open([|stream|]);")]
    [InlineData("", "void N(NamedPipeClientStream stream, byte* p) { _ = RawPipe.VmSplice([|stream.SafePipeHandle|], new IoVec(p, 5), SpliceFlags.None); }")]
    [InlineData(
        """
        using var file = File.OpenHandle(args, FileMode.CreateNew, FileAccess.Write);
        int number = (int)file.DangerousGetHandle();
        _ = Libc.vmsplice([|number|], null, 1, 0);
        """,
        "readonly string args = \"\";")]
    public async Task FileOrSocket_IsReported(string body, string members = "") => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS4003", body, members);

    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);")]
    [InlineData(
        """
        using var fifo = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        using var w = SpliceWriter.Open(fifo);
        """,
        "readonly string path = \"/tmp/frames\";")]
    [InlineData("using var fifo = new FileStream(\"/tmp/frames.fifo\", FileMode.Open); using var w = SpliceWriter.Open(fifo.SafeFileHandle);")]
    [InlineData("using var standard = new SafeFileHandle(1, false); using var w = SpliceWriter.Open(standard);")]
    [InlineData("using var server = new AnonymousPipeServerStream(PipeDirection.Out); using var w = SpliceWriter.Open(server);")]
    [InlineData(
        """
        using var file = File.OpenHandle("out.bin", FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, new byte[8], 0);
        _ = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);
        """)]
    [InlineData(
        """
        using var out1 = File.OpenHandle("/dev/stdout", FileMode.Open, FileAccess.Write);
        _ = RawPipe.VmSplice(out1, new IoVec(p, length), SpliceFlags.None);
        """)]
    [InlineData(
        """
        SafeHandle target = pipe;
        if (length > 5) target = File.OpenHandle("out.bin");
        _ = RawPipe.VmSplice(target, new IoVec(p, length), SpliceFlags.None);
        """)]
    public async Task PipeOrUnknown_IsSilent(string body, string members = "") => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS4003", body, members);

    [Theory]
    [InlineData("using var server = new AnonymousPipeServerStream(PipeDirection.In); using var w = SpliceWriter.Open([|server|]);")]
    [InlineData("using var server = new AnonymousPipeServerStream(PipeDirection.In); using var w = SpliceWriter.Open([|server.SafePipeHandle|]);")]
    [InlineData("using var both = SplicePipe.Create(); using var w = SpliceWriter.Open([|both.ReadHandle|]);")]
    [InlineData("using var both = SplicePipe.Create(); using var r = SpliceReader.Open([|both.WriteHandle|]);")]
    [InlineData("using var client = new AnonymousPipeClientStream(\"5\"); using var w = SpliceWriter.Open([|client|]);")]
    [InlineData(
        """
        using var both = SplicePipe.Create();
        var b = PageBuffer<byte>.Allocate(65536);
        _ = RawPipe.VmSplice([|both.ReadHandle|], new IoVec(b.Address, 65536), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        int* fds = stackalloc int[2];
        if (Libc.pipe(fds) < 0) return;
        var b = PageBuffer<byte>.Allocate(65536);
        var v = new iovec { iov_base = (void*)b.Address, iov_len = 65536 };
        _ = Libc.vmsplice([|fds[0]|], &v, 1, 8);
        """)]
    [InlineData(
        """
        using var both = SplicePipe.Create();
        var frozen = PageBuffer<byte>.Allocate(65536).Freeze();
        _ = RawPipe.VmSplice([|both.ReadHandle|], new IoVec(frozen.Address, 65536), SpliceFlags.None);
        """)]
    [InlineData("using var server = new AnonymousPipeServerStream(PipeDirection.Out); using var r = SpliceReader.Open([|server|]);")]
    public async Task WrongEnd_IsReported(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS4004", body);

    [Theory]
    [InlineData(
        """
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var w = SpliceWriter.Open(server);
        using var r = SpliceReader.Open(server.ClientSafePipeHandle);
        """)]
    [InlineData("using var both = SplicePipe.Create(); using var w = SpliceWriter.Open(both.WriteHandle); using var r = SpliceReader.Open(both.ReadHandle);")]
    [InlineData(
        """
        using var both = SplicePipe.Create();
        var b = PageBuffer<byte>.Allocate(65536);
        _ = RawPipe.VmSplice(both.ReadHandle, new IoVec(b.Address, 65536), SpliceFlags.None);
        """)]
    [InlineData(
        """
        using var both = SplicePipe.Create();
        var frozen = PageBuffer<byte>.Allocate(65536).Freeze();
        _ = RawPipe.VmSplice(both.WriteHandle, new IoVec(frozen.Address, 65536), SpliceFlags.None);
        """)]
    [InlineData(
        """
        int* fds = stackalloc int[2];
        if (Libc.pipe(fds) < 0) return;
        var b = PageBuffer<byte>.Allocate(65536);
        var v = new iovec { iov_base = (void*)b.Address, iov_len = 65536 };
        _ = Libc.vmsplice(fds[1], &v, 1, 8);
        """)]
    [InlineData("using var client = new AnonymousPipeClientStream(PipeDirection.Out, \"5\"); using var w = SpliceWriter.Open(client);")]
    [InlineData("using var both = SplicePipe.Create(); var end = length > 4 ? both.ReadHandle : both.WriteHandle; using var w = SpliceWriter.Open(end);")]
    public async Task RightEndOrUnknown_IsSilent(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS4004", body);

    [Fact]
    public async Task NamedPipe_MessageSaysWhatItIs()
    {
        AnalyzerResult result = await RawSource.VerifyAsync<SegmentAnalyzer>("VMS4003",
            """
            using var stream = new NamedPipeServerStream("frames");
            using var w = SpliceWriter.Open([|stream|]);
            """);
        Assert.Equal(
            "'stream' is a socket (.NET implements named pipe streams with Unix domain sockets), and vmsplice works on pipes alone (EBADF): "
            + "splice through a pipe (SplicePipe.Create), or write to it with its own API",
            result.Message);
    }
}
