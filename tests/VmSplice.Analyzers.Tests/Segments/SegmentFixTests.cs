using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Segments;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>The fixes of VMS3001, VMS3002, VMS3004 and VMS3005.</summary>
public sealed class SegmentFixTests
{
    [Theory]
    [InlineData(
        """
        byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0);
        _ = RawPipe.VmSplice(pipe, new IoVec(m + 1, 65536), SpliceFlags.Gift);
        _ = RawPipe.VmSplice(pipe, new IoVec(m + 2, 65536), SpliceFlags.NonBlocking | SpliceFlags.Gift);
        """,
        """
        byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0);
        _ = RawPipe.VmSplice(pipe, new IoVec(m + 1, 65536), SpliceFlags.None);
        _ = RawPipe.VmSplice(pipe, new IoVec(m + 2, 65536), SpliceFlags.NonBlocking);
        """)]
    [InlineData(
        "byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0); iovec v; v.iov_base = m + 8; v.iov_len = 65536; _ = Libc.vmsplice(fd, &v, 1, 10);",
        "byte* m = (byte*)Libc.mmap(null, 65536, 3, 0x22, -1, 0); iovec v; v.iov_base = m + 8; v.iov_len = 65536; _ = Libc.vmsplice(fd, &v, 1, 2);")]
    public async Task UnalignedAddress_GiftIsDropped(string body, string expected) => await VerifyAsync<DropGiftFix>("VMS3001", body, expected);

    [Theory]
    [InlineData("var b = writer.Rent<byte>(1000); writer.Gift(b);", "var b = writer.Rent<byte>(1000); writer.Send(b);")]
    [InlineData(
        "var b = writer.Rent<byte>(1000); writer.Gift(b); var c = writer.Rent<int>(7); writer.Gift<int>(c);",
        "var b = writer.Rent<byte>(1000); writer.Send(b); var c = writer.Rent<int>(7); writer.Send<int>(c);")]
    [InlineData(
        "_ = RawPipe.VmSplice(pipe, [new IoVec(address, 100), new IoVec(address + 100, 100)], SpliceFlags.Gift);",
        "_ = RawPipe.VmSplice(pipe, [new IoVec(address, 100), new IoVec(address + 100, 100)], SpliceFlags.None);")]
    public async Task LengthNotWholePages_IsSentInstead(string body, string expected) => await VerifyAsync<DropGiftFix>("VMS3002", body, expected);

    [Fact]
    public async Task FlagsInAVariable_AreNotFixed()
        => await CodeFixTest.VerifyNotOfferedAsync<SegmentAnalyzer, DropGiftFix>(
            RawSource.Method("var flags = SpliceFlags.Gift; _ = RawPipe.VmSplice(pipe, new IoVec(address, 100), flags);"), Options("VMS3002"));

    [Theory]
    [InlineData(
        """
        void N(SafePipeHandle h, ReadOnlySpan<IoVec> list)
        {
            nint n = RawPipe.VmSplice(h, list);
            if (n < 5) return;
            _ = RawPipe.VmSplice(h, list);
        }
        """,
        """
        void N(SafePipeHandle h, ReadOnlySpan<IoVec> list)
        {
            nint n = RawPipe.VmSplice(h, list[..Math.Min(list.Length, RawPipe.IovMax)]);
            if (n < 5) return;
            _ = RawPipe.VmSplice(h, list[..Math.Min(list.Length, RawPipe.IovMax)]);
        }
        """)]
    [InlineData(
        """
        void N(SafePipeHandle h, List<IoVec> list)
        {
            nint n = RawPipe.VmSplice(h, CollectionsMarshal.AsSpan(list));
            if (n < 5) return;
        }
        """,
        """
        void N(SafePipeHandle h, List<IoVec> list)
        {
            var segments = CollectionsMarshal.AsSpan(list);
            nint n = RawPipe.VmSplice(h, segments[..Math.Min(segments.Length, RawPipe.IovMax)]);
            if (n < 5) return;
        }
        """)]
    [InlineData(
        "void N(SafePipeHandle h, IoVec[] list) { _ = RawPipe.VmSplice(h, list); }",
        "void N(SafePipeHandle h, IoVec[] list) { _ = RawPipe.VmSplice(h, list.AsSpan(0, Math.Min(list.Length, RawPipe.IovMax))); }")]
    [InlineData(
        "void N(int h, iovec* list, int count) { _ = Libc.vmsplice(h, list, (nuint)count, 0); }",
        "void N(int h, iovec* list, int count) { _ = Libc.vmsplice(h, list, nuint.Min((nuint)count, 1024), 0); }")]
    public async Task UnboundedCount_IsBounded(string member, string expected)
        => await CodeFixTest.VerifyAsync<SegmentAnalyzer, BoundSegmentCountFix>(RawSource.Method("", member), RawSource.Method("", expected),
            Options("VMS3004"));

    [Fact]
    public async Task ResultIgnored_CountIsNotBounded()
        => await CodeFixTest.VerifyNotOfferedAsync<SegmentAnalyzer, BoundSegmentCountFix>(
            RawSource.Method("", "void N(SafePipeHandle h, IoVec[] list) { RawPipe.VmSplice(h, list); }"), Options("VMS3004"));

    [Theory]
    [InlineData("var b = writer.Rent<byte>(4096); writer.Gift(b);", "var b = writer.Rent<byte>(Environment.SystemPageSize); writer.Gift(b);")]
    [InlineData("var b = writer.Rent<byte>(3 * 4096); writer.Gift(b);", "var b = writer.Rent<byte>(3 * Environment.SystemPageSize); writer.Gift(b);")]
    [InlineData(
        "void* m = Libc.mmap(null, 65536, 3, 0x22, -1, 0); _ = RawPipe.VmSplice(pipe, new IoVec(m, 4096), SpliceFlags.Gift);",
        "void* m = Libc.mmap(null, 65536, 3, 0x22, -1, 0); _ = RawPipe.VmSplice(pipe, new IoVec(m, (nuint)Environment.SystemPageSize), SpliceFlags.Gift);")]
    [InlineData(
        """
        nuint whole = (length + 4095) & ~(nuint)4095;
        if (address % 4096 != 0) return;
        _ = RawPipe.VmSplice(pipe, new IoVec(address, whole), SpliceFlags.Gift);
        """,
        """
        nuint whole = (length + (nuint)(Environment.SystemPageSize - 1)) & ~(nuint)(Environment.SystemPageSize - 1);
        if (address % Environment.SystemPageSize != 0) return;
        _ = RawPipe.VmSplice(pipe, new IoVec(address, whole), SpliceFlags.Gift);
        """)]
    [InlineData(
        """
        byte* m = (byte*)NativeMemory.AlignedAlloc(65536, 4096);
        _ = RawPipe.VmSplice(pipe, new IoVec(m, 65536), SpliceFlags.Gift);
        """,
        """
        byte* m = (byte*)NativeMemory.AlignedAlloc(65536, (nuint)Environment.SystemPageSize);
        _ = RawPipe.VmSplice(pipe, new IoVec(m, 65536), SpliceFlags.Gift);
        """)]
    [InlineData(
        "int size = (fd + 4095) & ~(Environment.SystemPageSize - 1); var b = writer.Rent<byte>(size); writer.Gift(b);",
        "int size = (fd + (Environment.SystemPageSize - 1)) & ~(Environment.SystemPageSize - 1); var b = writer.Rent<byte>(size); writer.Gift(b);")]
    [InlineData(
        """
        int size = (fd + 4095) / 4096 * 4096;
        var b = writer.Rent<byte>(size);
        writer.Gift(b);
        """,
        """
        int size = (fd + (Environment.SystemPageSize - 1)) / Environment.SystemPageSize * Environment.SystemPageSize;
        var b = writer.Rent<byte>(size);
        writer.Gift(b);
        """)]
    public async Task PageSizeAsNumber_IsAskedFor(string body, string expected) => await VerifyAsync<PageSizeFix>("VMS3005", body, expected);

    private static CodeFixTestOptions Options(string id) => new() { Analyzer = RawSource.Only(id) };

    private static Task VerifyAsync<TFix>(string id, string body, string expected)
        where TFix : Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider, new()
        => CodeFixTest.VerifyAsync<SegmentAnalyzer, TFix>(RawSource.Method(body), RawSource.Method(expected), Options(id));
}
