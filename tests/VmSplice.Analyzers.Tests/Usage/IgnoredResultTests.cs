using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4001.</summary>
public sealed class IgnoredResultTests
{
    [Theory]
    [InlineData("iovec v; [|Libc.vmsplice(fd, &v, 1, 0)|];")]
    [InlineData("[|RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None)|];")]
    [InlineData("[|RawPipe.VmSplice(pipe, [new IoVec(p, length), new IoVec(p, length)], SpliceFlags.Gift)|];")]
    [InlineData("nint sent = [|RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None)|];")]
    [InlineData("iovec v; nint n; n = [|Libc.vmsplice(fd, &v, 1, 0)|];")]
    [InlineData("while (true) { [|RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None)|]; }")]
    [InlineData("Action send = () => [|RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.None)|];")]
    [InlineData("void Send() => [|RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.None)|]; Send();")]
    [InlineData("try { [|RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None)|]; } finally { pipe.Dispose(); }")]
    public async Task ResultNotUsed_IsReported(string body) => await RawSource.VerifyAsync<RawResultAnalyzer>("VMS4001", body);

    [Theory]
    [InlineData("nint sent = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None); if (sent != (nint)length) throw new IOException();")]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);")]
    [InlineData("nuint done = 0; while (done < length) done += (nuint)RawPipe.VmSplice(pipe, new IoVec(p + done, length - done), SpliceFlags.None);")]
    [InlineData("iovec v; if (Libc.vmsplice(fd, &v, 1, 0) != (nint)length) throw new IOException();")]
    [InlineData("Console.Write(\"a\"); long total = 0; total += RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None); if (total < 5) return;")]
    [InlineData("nint Send() => RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.None); Check(Send()); static void Check(nint n) { }")]
    [InlineData("Check(RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None)); static void Check(nint n) { }")]
    public async Task ResultUsed_IsSilent(string body) => await RawSource.VerifyAsync<RawResultAnalyzer>("VMS4001", body);

    [Fact]
    public async Task NativeCall_MessageNamesCallAndFailure()
    {
        AnalyzerResult result = await RawSource.VerifyAsync<RawResultAnalyzer>("VMS4001", "iovec v; [|Libc.vmsplice(fd, &v, 1, 0)|];");
        Assert.Equal(
            "The result of 'Libc.vmsplice' is ignored: the kernel may take fewer bytes than it is given, and reports a failure as -1; "
            + "compare the result with the length and send the rest, or use SpliceWriter, which does",
            result.Message);
    }
}
