using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>VMS3007.</summary>
public sealed class UnprovedAlignmentTests
{
    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, [|new IoVec(p, length)|], SpliceFlags.Gift);")]
    [InlineData("byte* m = (byte*)NativeMemory.Alloc(65536); _ = RawPipe.VmSplice(pipe, [|new IoVec(m, 65536)|], SpliceFlags.Gift);")]
    [InlineData("byte* m = (byte*)NativeMemory.AlignedAlloc(65536, 64); _ = RawPipe.VmSplice(pipe, [|new IoVec(m, 65536)|], SpliceFlags.Gift);")]
    [InlineData(
        """
        byte[] pinned = GC.AllocateArray<byte>(65536, pinned: true);
        fixed (byte* q = pinned) _ = RawPipe.VmSplice(pipe, [|new IoVec(q, 65536)|], SpliceFlags.Gift);
        """)]
    [InlineData("var b = PageBuffer<byte>.Allocate(65536); _ = RawPipe.VmSplice(pipe, [|new IoVec(b.Address, length)|], SpliceFlags.Gift);")]
    [InlineData("var b = writer.Rent<byte>((int)length); writer.Gift([|b|]);")]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, IoVec[] segments)
        {
            if (segments.Length > 9) return;
            _ = RawPipe.VmSplice(pipe, [|segments|], SpliceFlags.Gift);
        }
        """)]
    public async Task UnknownAlignment_IsReported(string body, string members = "") => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3007", body, members);

    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);")]
    [InlineData("var b = PageBuffer<byte>.Allocate(65536); _ = RawPipe.VmSplice(pipe, new IoVec(b.Address, (nuint)b.Length), SpliceFlags.Gift);")]
    [InlineData(
        """
        var b = PageBuffer<long>.Allocate(65536);
        _ = RawPipe.VmSplice(pipe, new IoVec(b.Address, (nuint)b.Length * sizeof(long)), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        nuint page = (nuint)Environment.SystemPageSize;
        byte* m = (byte*)NativeMemory.AlignedAlloc(length, page);
        _ = RawPipe.VmSplice(pipe, new IoVec(m, (length + page - 1) / page * page), SpliceFlags.Gift);
        """)]
    [InlineData("void* m = Libc.mmap(null, 65536, 3, 0x22, -1, 0); var v = new iovec { iov_base = m, iov_len = 65536 }; _ = Libc.vmsplice(fd, &v, 1, 8);")]
    [InlineData("uint flags = length > 5 ? Libc.SPLICE_F_GIFT : 0; iovec v = default; _ = Libc.vmsplice(fd, &v, 1, flags);")]
    [InlineData("", "void N(SpliceWriter w, PageBuffer<byte> given) => w.Gift(given);")]
    public async Task AlignmentProvedOrNoGift_IsSilent(string body, string members = "")
        => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3007", body, members);

    [Theory]
    [InlineData(
        "_ = RawPipe.VmSplice(pipe, [|new IoVec(p, length)|], SpliceFlags.Gift);",
        "'new IoVec(p, length)' is whole pages, and the kernel does not check it: take the memory from PageBuffer<T>.Allocate, "
            + "and round the length up to a multiple of Environment.SystemPageSize")]
    [InlineData(
        "_ = RawPipe.VmSplice(pipe, [|new IoVec(p, 65536)|], SpliceFlags.Gift);",
        "'new IoVec(p, 65536)' starts at a page, and the kernel does not check it: take the memory from PageBuffer<T>.Allocate")]
    [InlineData(
        "var b = writer.Rent<byte>((int)length); writer.Gift([|b|]);",
        "the length of 'b' is whole pages, and Gift throws where it is not: round the length up to a multiple of Environment.SystemPageSize")]
    [InlineData(
        "_ = RawPipe.VmSplice(pipe, [|new IoVec(\n p,\n length)|], SpliceFlags.Gift);",
        "'new IoVec(…' is whole pages, and the kernel does not check it: take the memory from PageBuffer<T>.Allocate, "
            + "and round the length up to a multiple of Environment.SystemPageSize")]
    public async Task UnknownAlignment_MessageSaysWhatIsMissing(string body, string missing)
        => Assert.Equal($"Nothing here shows that {missing}", (await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3007", body)).Message);
}
