using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>VMS3002.</summary>
public sealed class GiftedLengthTests
{
    [Theory]
    [InlineData("var b = PageBuffer<byte>.Allocate(1 << 16); _ = RawPipe.VmSplice(pipe, new IoVec(b.Address, [|100|]), SpliceFlags.Gift);")]
    [InlineData(
        """
        var b = PageBuffer<byte>.Allocate(1 << 16);
        _ = RawPipe.VmSplice(pipe, new IoVec(b.Address, [|65535|]), SpliceFlags.Gift | SpliceFlags.NonBlocking);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0);
        var v = new iovec { iov_base = m, iov_len = [|4096 + 8|] };
        _ = Libc.vmsplice(fd, &v, 1, 8);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0);
        nuint size = (nuint)Environment.SystemPageSize - 1;
        _ = RawPipe.VmSplice(pipe, new IoVec(m, [|size|]), SpliceFlags.Gift);
        """)]
    [InlineData("var b = writer.Rent<byte>(1000); b.Span.Fill(1); writer.Gift([|b|]);")]
    [InlineData("var b = PageBuffer<long>.Allocate(100); writer.Gift([|b|]);")]
    [InlineData("const int Count = 3000; var b = writer.Rent<int>(Count); writer.Gift([|b|]);")]
    [InlineData("using var b = writer.Rent<Pair>(1000); writer.Gift([|b|]);", "struct Pair { public int A; public long B; }")]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        IoVec[] list = new IoVec[2];
        list[0] = new IoVec(m, 65536);
        list[1] = new IoVec(m + 65536, [|12|]);
        _ = RawPipe.VmSplice(pipe, list, SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        int size = length > 5 ? 100 : 200;
        _ = RawPipe.VmSplice(pipe, new IoVec(m, [|(nuint)size|]), SpliceFlags.Gift);
        """)]
    public async Task NotWholePagesOnAnyKernel_IsReported(string body, string members = "")
        => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3002", body, members);

    [Theory]
    [InlineData("var b = PageBuffer<byte>.Allocate(1 << 16); _ = RawPipe.VmSplice(pipe, new IoVec(b.Address, 65536), SpliceFlags.Gift);")]
    [InlineData("var b = writer.Rent<byte>(Environment.SystemPageSize); writer.Gift(b);")]
    [InlineData("var b = writer.Rent<byte>(1000); writer.Send(b);")]
    [InlineData("var b = writer.Rent<long>(Environment.SystemPageSize / sizeof(long)); writer.Gift(b);")]
    [InlineData("var b = writer.Rent<int>(1 << 16); writer.Gift(b);")]
    [InlineData("int page = Environment.SystemPageSize; int size = ((int)length + page - 1) / page * page; var b = writer.Rent<byte>(size); writer.Gift(b);")]
    [InlineData(
        """
        int page = KernelSupport.Current.PageSize;
        int size = ((int)length + page - 1) & ~(page - 1);
        var b = writer.Rent<byte>(size);
        writer.Gift(b);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        nuint page = (nuint)Environment.SystemPageSize;
        if (length % page != 0) throw new ArgumentException();
        _ = RawPipe.VmSplice(pipe, new IoVec(m, length), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        nuint page = (nuint)Libc.getpagesize();
        if ((length & (page - 1)) == 0) _ = RawPipe.VmSplice(pipe, new IoVec(m, length), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        static void Send(SpliceWriter w, PageBuffer<byte> b) => w.Gift(b);
        Send(writer, writer.Rent<byte>(s_size));
        """,
        "static readonly int s_size = 4 * Environment.SystemPageSize;")]
    [InlineData("var b = writer.Rent<byte>(s_size); writer.Gift(b);", "static readonly int s_size = 4 * Environment.SystemPageSize;")]
    public async Task WholePagesOrNoGift_IsSilent(string body, string members = "")
        => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3002", body, members);

    [Fact]
    public async Task GiftOfRentedBuffer_MessageNamesItAndItsBytes()
    {
        AnalyzerResult result = await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3002",
            """
            var frame = writer.Rent<int>({|#length:1000|}); writer.Gift([|frame|]);
            """);
        Assert.Equal(
            "'frame' is 4,000 bytes long; gifts must be whole pages: round the length up to a multiple of Environment.SystemPageSize, or use Send, "
                + "which takes any length",
            result.Message);
        result.AssertPointsAt("length");
    }

    [Theory]
    [InlineData("nuint size = 1;", "1 byte long")]
    [InlineData("nuint size = length > 5 ? (nuint)100 : 200;", "100 to 200 bytes long")]
    [InlineData("nuint size = length * 64 + 8;", "8 bytes longer than a multiple of 64")]
    public async Task RawGift_MessageSaysHowLong(string size, string how)
    {
        AnalyzerResult result = await RawSource.VerifyAsync<SegmentAnalyzer>(
            "VMS3002", $"var b = PageBuffer<byte>.Allocate(1 << 16); {size} _ = RawPipe.VmSplice(pipe, new IoVec(b.Address, [|size|]), SpliceFlags.Gift);");
        Assert.Equal(
            $"'new IoVec(b.Address, size)' is {how}; gifts must be whole pages: round the length up to a multiple of Environment.SystemPageSize, "
                + "or send without the gift flag",
            result.Message);
    }
}
