using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4006.</summary>
public sealed class ForwardedStreamTests
{
    private const string Copying = "new SpliceWriterOptions { Reader = [|PipeReaderKind.Copying|] }";
    private const string Silent = "new SpliceWriterOptions { Reader = PipeReaderKind.Copying }";

    [Theory]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var w = both.OpenWriter({Copying});
        Libc.splice((int)both.ReadHandle.DangerousGetHandle(), null, fd, null, length, 0);
        """)]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var w = both.OpenWriter({Copying});
        Libc.tee(both.ReadHandle.DangerousGetHandle().ToInt32(), fd, length, 0);
        """)]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var w = SpliceWriter.Open(both.WriteHandle, {Copying});
        int read = (int)both.ReadHandle.DangerousGetHandle();
        Libc.splice(read, null, fd, null, length, 0);
        """)]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var options = {Copying};
        var w = both.OpenWriter(options);
        Libc.tee((int)both.ReadHandle.DangerousGetHandle(), fd, length, 0);
        """)]
    [InlineData(
        $"""
        int* fds = stackalloc int[2];
        Libc.pipe(fds);
        var w = SpliceWriter.Open(new SafePipeHandle(fds[1], true), {Copying});
        Libc.splice(fds[0], null, fd, null, length, 0);
        """)]
    [InlineData(
        $"""
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        var w = SpliceWriter.Open(server, {Copying});
        Libc.splice((int)server.ClientSafePipeHandle.DangerousGetHandle(), null, fd, null, length, 0);
        """)]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var w = both.OpenWriter({Copying});
        var r = both.OpenReader();
        Libc.splice((int)r.Handle.DangerousGetHandle(), null, fd, null, length, 0);
        """)]
    [InlineData($"_w = _both.OpenWriter({Copying});",
        """
        SplicePipe _both = SplicePipe.Create();
        SpliceWriter? _w;
        void Forward(int to) => Libc.splice((int)_both.ReadHandle.DangerousGetHandle(), null, to, null, 4096, 0);
        """)]
    public async Task CopyingDeclaredAndForwarded_IsReported(string body, string members = "")
        => await RawSource.VerifyAsync<ForwardedStreamAnalyzer>("VMS4006", body, members);

    [Theory]
    [InlineData(
        """
        var both = SplicePipe.Create();
        var w = both.OpenWriter();
        Libc.splice((int)both.ReadHandle.DangerousGetHandle(), null, fd, null, length, 0);
        """)]
    [InlineData(
        """
        var both = SplicePipe.Create();
        var w = both.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Unknown });
        Libc.tee((int)both.ReadHandle.DangerousGetHandle(), fd, length, 0);
        """)]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var other = SplicePipe.Create();
        var w = both.OpenWriter({Silent});
        Libc.splice((int)other.ReadHandle.DangerousGetHandle(), null, fd, null, length, 0);
        """)]
    [InlineData($"var both = SplicePipe.Create(); var w = both.OpenWriter({Silent}); var r = both.OpenReader(); r.Read(new byte[8]);")]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var w = both.OpenWriter({Silent});
        Libc.splice(fd, null, (int)both.WriteHandle.DangerousGetHandle(), null, length, 0);
        """)]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var other = SplicePipe.Create();
        var w = both.OpenWriter({Silent});
        var r = both.OpenReader();
        r.Forward(other.OpenWriter(), 8);
        """)]
    [InlineData(
        $"""
        var both = SplicePipe.Create();
        var other = SplicePipe.Create();
        var w = both.OpenWriter({Silent});
        var r = both.OpenReader();
        r.Tee(other.OpenWriter(), 8);
        r.Forward(other.WriteHandle);
        """)]
    [InlineData($"var w = SpliceWriter.Open(pipe, {Silent}); Libc.splice(fd, null, 1, null, length, 0);")]
    [InlineData($"var w = SpliceWriter.OpenStandardOutput({Silent}); Libc.tee(fd, 1, length, 0);")]
    public async Task NotTheSameStreamOrPromise_IsSilent(string body)
        => await RawSource.VerifyAsync<ForwardedStreamAnalyzer>("VMS4006", body);

    [Fact]
    public async Task Forwarded_PointsAtTheForwardingCall()
    {
        AnalyzerResult result = await RawSource.VerifyAsync<ForwardedStreamAnalyzer>(
            "VMS4006",
            $$"""
            var both = SplicePipe.Create();
            var w = both.OpenWriter({{Copying}});
            {|#forward:Libc.splice((int)both.ReadHandle.DangerousGetHandle(), null, fd, null, length, 0)|};
            """);
        result.AssertPointsAt("forward");
    }
}
