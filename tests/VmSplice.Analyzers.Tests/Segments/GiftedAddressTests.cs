using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>VMS3001.</summary>
public sealed class GiftedAddressTests
{
    [Theory]
    [InlineData("var b = PageBuffer<byte>.Allocate(1 << 16); _ = RawPipe.VmSplice(pipe, new IoVec([|b.Address + 128|], 65536), SpliceFlags.Gift);")]
    [InlineData("byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0); _ = RawPipe.VmSplice(pipe, new IoVec([|m + 1|], 65536), SpliceFlags.Gift);")]
    [InlineData(
        """
        byte* m = (byte*)NativeMemory.AlignedAlloc(1 << 17, (nuint)Environment.SystemPageSize);
        byte* q = m + 64;
        _ = RawPipe.VmSplice(pipe, new IoVec([|q|], 65536), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        byte* m = (byte*)NativeMemory.AlignedAlloc(1 << 17, 65536);
        iovec v;
        v.iov_base = [|m + 4000|];
        v.iov_len = 65536;
        _ = Libc.vmsplice(fd, &v, 1, Libc.SPLICE_F_GIFT);
        """)]
    [InlineData("long* m = (long*)Libc.mmap(null, 65536, 3, 0x22, -1, 0); _ = RawPipe.VmSplice(pipe, new IoVec([|m + 3|], 65536), SpliceFlags.Gift);")]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0);
        uint flags = Libc.SPLICE_F_GIFT | Libc.SPLICE_F_NONBLOCK;
        var v = new iovec { iov_base = [|m + Environment.SystemPageSize + 128|], iov_len = 65536 };
        _ = Libc.vmsplice(fd, &v, 1, flags);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0);
        iovec* list = stackalloc iovec[2];
        list[0].iov_base = m;
        list[0].iov_len = 65536;
        list[1].iov_base = [|m + 65536 + 8|];
        list[1].iov_len = 65536;
        _ = Libc.vmsplice(fd, list, 2, 8);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        Span<IoVec> list = stackalloc IoVec[4];
        for (int i = 0; i < 4; i++) list[i] = new IoVec([|m + 16 + i * 65536|], 65536);
        _ = RawPipe.VmSplice(pipe, list, SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        var b = PageBuffer<byte>.Allocate(1 << 17);
        fixed (byte* q = b.Span[128..]) _ = RawPipe.VmSplice(pipe, new IoVec([|q|], 65536), SpliceFlags.Gift);
        """)]
    public async Task OffsetIntoAPage_IsReported(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3001", body);

    [Theory]
    [InlineData("var b = PageBuffer<byte>.Allocate(1 << 16); _ = RawPipe.VmSplice(pipe, new IoVec(b.Address, 65536), SpliceFlags.Gift);")]
    [InlineData("var b = PageBuffer<byte>.Allocate(1 << 16); _ = RawPipe.VmSplice(pipe, new IoVec(b.Address + 128, 100), SpliceFlags.None);")]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        _ = RawPipe.VmSplice(pipe, new IoVec(m + 2 * Environment.SystemPageSize, 65536), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        nint page = Environment.SystemPageSize;
        byte* m = (byte*)NativeMemory.AlignedAlloc(1 << 17, (nuint)page);
        _ = RawPipe.VmSplice(pipe, new IoVec(m, (nuint)page), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        nint up = (address + Environment.SystemPageSize - 1) & ~((nint)Environment.SystemPageSize - 1);
        _ = RawPipe.VmSplice(pipe, new IoVec(up, 65536), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        bool gift = length == 65536;
        _ = RawPipe.VmSplice(pipe, new IoVec(m + 128, length), gift ? SpliceFlags.None : SpliceFlags.NonBlocking);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        if (length > 4) m += 65536;
        _ = RawPipe.VmSplice(pipe, new IoVec(m, 65536), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 1 << 20, 3, 0x22, -1, 0);
        for (int i = 0; i < 4; i++)
        {
            _ = RawPipe.VmSplice(pipe, new IoVec(m, 65536), SpliceFlags.Gift);
            m += 65536;
        }
        """)]
    public async Task PageAlignedOrNoGift_IsSilent(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3001", body);

    [Fact]
    public async Task Offset_MessageNamesSegmentAndBytes()
    {
        AnalyzerResult result = await RawSource.VerifyAsync<SegmentAnalyzer>(
            "VMS3001",
            """
            var b = PageBuffer<byte>.Allocate(1 << 18);
            _ = {|#call:RawPipe.VmSplice(pipe, [new IoVec(b.Address, 65536), new IoVec([|b.Address + 65536 + 128|], 65536)], SpliceFlags.Gift)|};
            """);
        Assert.Equal(
            "Segment 1 starts 128 bytes into a page; gifts must start at a page: allocate with PageBuffer<T>.Allocate, or send without the gift flag",
            result.Message);
        result.AssertPointsAt("call");
    }

    [Theory]
    [InlineData("byte* at = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0) + 1;", "1 byte into a page")]
    [InlineData("nint at = (nint)NativeMemory.AlignedAlloc(65536, 64) + 8;", "inside a page, 8 bytes past a multiple of 64")]
    [InlineData("nint at = length > 5 ? 100 : 200;", "inside a page, at an address below 4,096")]
    public async Task Offset_MessageSaysWhere(string at, string where)
    {
        const string segment = "'new IoVec(at, 65536)'";
        AnalyzerResult result = await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3001",
            $"""
            {at}
            _ = RawPipe.VmSplice(pipe, new IoVec([|at|], 65536), SpliceFlags.Gift);
            """);
        Assert.Equal(
            $"{segment} starts {where}; gifts must start at a page: allocate with PageBuffer<T>.Allocate, or send without the gift flag", result.Message);
    }
}
