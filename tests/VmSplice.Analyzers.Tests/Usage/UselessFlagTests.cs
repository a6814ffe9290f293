using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4005.</summary>
public sealed class UselessFlagTests
{
    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), [|SpliceFlags.Move|]);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.Gift | [|SpliceFlags.More|]);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), [|SpliceFlags.Move|] | [|SpliceFlags.More|]);")]
    [InlineData("_ = Libc.vmsplice(fd, null, 1, Libc.SPLICE_F_NONBLOCK | [|Libc.SPLICE_F_MORE|]);")]
    [InlineData("_ = Libc.vmsplice(fd, null, 1, [|1|]);")]
    [InlineData("_ = Libc.vmsplice(fd, null, 1, [|5|]);")]
    [InlineData("const uint flags = 12; _ = Libc.vmsplice(fd, null, 1, [|flags|]);")]
    [InlineData("_ = Libc.vmsplice(fd, null, 1, length > 4096 ? 8 : (uint)[|SpliceFlags.Move|]);")]
    [InlineData("_ = Libc.vmsplice(fd, null, 1, [|SPLICE_F_MOVE|] | 8);", "static uint SPLICE_F_MOVE => 1;")]
    public async Task MoveOrMore_IsReported(string body, string members = "")
        => await RawSource.VerifyAsync<UselessFlagAnalyzer>("VMS4005", body, members);

    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.Gift | SpliceFlags.NonBlocking);")]
    [InlineData("_ = Libc.vmsplice(fd, null, 1, 0);")]
    [InlineData("_ = Libc.vmsplice(fd, null, 1, Libc.SPLICE_F_GIFT);")]
    [InlineData("_ = Libc.splice(fd, null, 1, null, length, Libc.SPLICE_F_MOVE | Libc.SPLICE_F_MORE);")]
    [InlineData("uint flags = (uint)length; _ = Libc.vmsplice(fd, null, 1, flags);")]
    [InlineData("_ = Libc.vmsplice(fd, null, 1, uint.MaxValue);")]
    public async Task OtherFlags_AreSilent(string body) => await RawSource.VerifyAsync<UselessFlagAnalyzer>("VMS4005", body);

    [Fact]
    public async Task Move_MessageNamesTheFlag()
    {
        AnalyzerResult result = await RawSource.VerifyAsync<UselessFlagAnalyzer>("VMS4005", "_ = Libc.vmsplice(fd, null, 1, [|1|]);");
        Assert.Equal("SPLICE_F_MOVE (1) has no effect in vmsplice (it is meant for splice): leave it out", result.Message);
    }
}
