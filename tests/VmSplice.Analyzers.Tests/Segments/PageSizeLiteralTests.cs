using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>VMS3005.</summary>
public sealed class PageSizeLiteralTests
{
    private const string Mapped = "byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0); ";

    [Theory]
    [InlineData("var b = writer.Rent<byte>([|4096|]); writer.Gift(b);")]
    [InlineData(
        """
        var b = writer.Rent<byte>(17 * [|4096|]);
        var c = writer.Rent<byte>(3 * [|0x1000|]);
        writer.Gift(c);
        if (length > 4) return;
        var d = writer.Rent<byte>(3 * 4096);
        writer.Send(d);
        writer.Gift(b);
        """)]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(m, [|4096|]), SpliceFlags.Gift);")]
    [InlineData("nuint whole = length & ~(nuint)[|4095|]; _ = RawPipe.VmSplice(pipe, new IoVec(m, whole), SpliceFlags.Gift);")]
    [InlineData("nuint whole = (length + 4095) & ~(nuint)[|4095|]; _ = RawPipe.VmSplice(pipe, new IoVec(m, whole), SpliceFlags.Gift);")]
    [InlineData("if (length % [|4096|] != 0) throw new ArgumentException(); _ = RawPipe.VmSplice(pipe, new IoVec(m, length), SpliceFlags.Gift);")]
    [InlineData("byte* q = (byte*)NativeMemory.AlignedAlloc(65536, [|4096|]); _ = RawPipe.VmSplice(pipe, new IoVec(q, 65536), SpliceFlags.Gift);")]
    [InlineData("int size = ((int)length + 4095) / 4096 * [|4096|]; var b = writer.Rent<byte>(size); writer.Gift(b);")]
    [InlineData("int size = ((int)length + [|4095|]) & ~(Environment.SystemPageSize - 1); var b = writer.Rent<byte>(size); writer.Gift(b);")]
    [InlineData("int size = (int)length / [|4096|] * Environment.SystemPageSize; var b = writer.Rent<byte>(size); writer.Gift(b);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(m, length / 4096 * [|4096|]), SpliceFlags.Gift);")]
    [InlineData(
        """
        if (address % [|PageSize|] != 0) return;
        _ = RawPipe.VmSplice(pipe, new IoVec(address, 65536), SpliceFlags.Gift);
        """,
        "const int PageSize = 4096;")]
    public async Task NumberForThePageOfAGift_IsReported(string body, string members = "")
        => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3005", Mapped + body, members);

    [Theory]
    [InlineData("var b = writer.Rent<byte>(4096); writer.Send(b);")]
    [InlineData("var b = writer.Rent<byte>(65536); writer.Gift(b);")]
    [InlineData("var buffer = new byte[4096]; var b = writer.Rent<byte>(65536); b.Span[..4096].CopyTo(buffer); writer.Gift(b);")]
    [InlineData("nuint whole = length & ~(nuint)4095; _ = RawPipe.VmSplice(pipe, new IoVec(p, whole), SpliceFlags.None);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(m, (nuint)Environment.SystemPageSize), SpliceFlags.Gift);")]
    [InlineData("if (length > 4096) return; _ = RawPipe.VmSplice(pipe, new IoVec(m, 65536), SpliceFlags.Gift);")]
    [InlineData("int wrapped = fd % 1000; _ = RawPipe.VmSplice(pipe, new IoVec(m, 65536), SpliceFlags.Gift);")]
    [InlineData("byte* q = (byte*)NativeMemory.AlignedAlloc(65536, 65536); _ = RawPipe.VmSplice(pipe, new IoVec(q, 65536), SpliceFlags.Gift);")]
    public async Task NoGiftOrNoPage_IsSilent(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3005", Mapped + body);

    [Theory]
    [InlineData("var b = writer.Rent<byte>([|4096|]); writer.Gift(b);",
        "'4096' takes a page to be 4,096 bytes, but it is 16,384 or 65,536 on other kernels: use Environment.SystemPageSize")]
    [InlineData(
        "nuint whole = length & ~(nuint)[|4095|]; _ = RawPipe.VmSplice(pipe, new IoVec(m, whole), SpliceFlags.Gift);",
        "'4095' takes a page to be 4,096 bytes, but it is 16,384 or 65,536 on other kernels: use Environment.SystemPageSize - 1")]
    public async Task Number_MessageSaysWhatToUse(string body, string message)
        => Assert.Equal(message, (await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3005", Mapped + body)).Message);
}
