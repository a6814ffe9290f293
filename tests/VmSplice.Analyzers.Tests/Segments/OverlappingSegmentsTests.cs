using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>VMS3006.</summary>
public sealed class OverlappingSegmentsTests
{
    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, [|[new IoVec(p, 100), new IoVec(p + 50, 100)]|]);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, [|[new IoVec(p, length), new IoVec(p, length)]|]);")]
    [InlineData(
        """
        iovec* v = stackalloc iovec[2];
        v[0].iov_base = p;
        v[0].iov_len = 4096;
        v[1].iov_base = p + 4095;
        v[1].iov_len = 4096;
        _ = Libc.vmsplice(fd, [|v|], 2, 0);
        """)]
    [InlineData("Span<IoVec> v = stackalloc IoVec[2]; v[0] = new IoVec(address + 64, 64); v[1] = new IoVec(address, 65); _ = RawPipe.VmSplice(pipe, [|v|]);")]
    [InlineData(
        """
        byte* m = (byte*)NativeMemory.Alloc(300);
        IoVec[] v = [new IoVec(m, 100), new IoVec(m + 100, 101), new IoVec(m + 200, 100)];
        _ = RawPipe.VmSplice(pipe, [|v|]);
        """)]
    [InlineData("var b = PageBuffer<byte>.Allocate(65536); _ = RawPipe.VmSplice(pipe, [|[new IoVec(b.Address, 65536), new IoVec(b.Address + 4096, 4096)]|]);")]
    [InlineData(
        """
        var v = new iovec[] { new iovec { iov_base = p, iov_len = 8 }, new iovec { iov_base = p + 4, iov_len = 8 } };
        fixed (iovec* q = v) _ = Libc.vmsplice(fd, [|q|], 2, 0);
        """)]
    public async Task SharedBytes_AreReported(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3006", body);

    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, [|[new IoVec(_block, 64), new IoVec(_block + 60, 100)]|]);", "byte* _block;")]
    [InlineData("byte* b = _block; _ = RawPipe.VmSplice(pipe, [|[new IoVec(b, 64), new IoVec(b + 60, 100)]|]);",
        "readonly byte* _block = (byte*)NativeMemory.AlignedAlloc(8192, 8192);")]
    [InlineData("byte* b = _block; Console.Out.Flush(); _ = RawPipe.VmSplice(pipe, [|[new IoVec(b, 64), new IoVec(_block + 60, 100)]|]);",
        "readonly byte* _block = (byte*)NativeMemory.AlignedAlloc(8192, 8192);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, [|[new IoVec(Block, 64), new IoVec(Block + 60, 100)]|]);", "nint Block { get; set; }")]
    [InlineData("_ = RawPipe.VmSplice(pipe, [|[new IoVec(_page.Address, 64), new IoVec(_page.Address + 60, 100)]|]);",
        "readonly PageBuffer<byte> _page = PageBuffer<byte>.Allocate(65536);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, [|[new IoVec(s_block, 64), new IoVec(s_block + 60, 100)]|]);", "static nint s_block;")]
    public async Task SharedBytesOfAField_AreReported(string body, string members)
        => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3006", body, members);

    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, [new IoVec(_block, 64), new IoVec(_block + 64, 100)]);", "byte* _block;")]
    [InlineData("_ = RawPipe.VmSplice(pipe, [new IoVec(_first, 64), new IoVec(_second, 64)]);", "byte* _first, _second;")]
    [InlineData("byte* b = _block; _block = p; _ = RawPipe.VmSplice(pipe, [new IoVec(b, 64), new IoVec(_block, 64)]);", "byte* _block;")]
    [InlineData("byte* b = _block; Move(); _ = RawPipe.VmSplice(pipe, [new IoVec(b, 64), new IoVec(_block, 64)]);",
        "byte* _block; void Move() => _block += 4096;")]
    [InlineData("byte* b = null; while (length > 0) { _ = RawPipe.VmSplice(pipe, [new IoVec(b, 64), new IoVec(_block, 64)]); b = _block; Move(); }",
        "byte* _block; void Move() => _block += 4096;")]
    public async Task SeparateBytesOfFields_AreSilent(string body, string members)
        => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3006", body, members);

    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, [new IoVec(p, 100), new IoVec(p + 100, 100)]);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, [new IoVec(p, length), new IoVec(p + length, length)]);")]
    [InlineData("_ = RawPipe.VmSplice(pipe, [new IoVec(p, 100), new IoVec(address, 100)]);")]
    [InlineData(
        """
        byte* a = (byte*)NativeMemory.Alloc(64);
        byte* b = (byte*)NativeMemory.Alloc(64);
        _ = RawPipe.VmSplice(pipe, [new IoVec(a, 64), new IoVec(b, 64)]);
        """)]
    [InlineData(
        """
        iovec* v = stackalloc iovec[2];
        for (int i = 0; i < 2; i++) { v[i].iov_base = p + i * 64; v[i].iov_len = 64; }
        _ = Libc.vmsplice(fd, v, 2, 0);
        """)]
    [InlineData(
        """
        byte* last = null;
        iovec* v = stackalloc iovec[2];
        while (length > 0)
        {
            byte* next = (byte*)NativeMemory.Alloc(64);
            v[0].iov_base = last;
            v[0].iov_len = 64;
            v[1].iov_base = next;
            v[1].iov_len = 64;
            _ = Libc.vmsplice(fd, v, 2, 0);
            last = next;
        }
        """)]
    [InlineData(
        """
        iovec* v = stackalloc iovec[2];
        v[0].iov_base = p;
        v[0].iov_len = 100;
        v[1].iov_base = p;
        v[1].iov_len = 100;
        _ = Libc.vmsplice(fd, v, 1, 0);
        """)]
    [InlineData("IoVec one = new IoVec(p, 100); _ = RawPipe.VmSplice(pipe, one, SpliceFlags.None); _ = RawPipe.VmSplice(pipe, one, SpliceFlags.None);")]
    public async Task SeparateBytes_AreSilent(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3006", body);

    [Fact]
    public async Task Overlap_MessageNamesSegmentsAndBytes()
    {
        AnalyzerResult result = await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3006",
            """
            _ = RawPipe.VmSplice(pipe, [|[new IoVec(p, 100), new IoVec({|#second:p + 50|}, 100)]|]);
            """);
        Assert.Equal(
            "Segments 0 and 1 of this call overlap by 50 bytes: the same bytes are transferred twice; give each segment memory of its own", result.Message);
        result.AssertPointsAt("second");
    }
}
