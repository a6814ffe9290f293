using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Raw;
using Xunit;

namespace VmSplice.Analyzers.Tests.Segments;

/// <summary>VMS3003, VMS3004.</summary>
public sealed class SegmentCountTests
{
    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, [|new IoVec[1025]|]);")]
    [InlineData("Span<IoVec> list = stackalloc IoVec[2000]; _ = RawPipe.VmSplice(pipe, [|list|]);")]
    [InlineData("iovec* list = stackalloc iovec[1025]; _ = Libc.vmsplice(fd, list, [|1025|], 0);")]
    [InlineData("const int Count = 4096; iovec* list = stackalloc iovec[Count]; nint n = Libc.vmsplice(fd, list, [|Count|], 0); if (n != 1) return;")]
    [InlineData(
        """
        int count = 0;
        iovec* list = stackalloc iovec[1500];
        for (int i = 0; i < 1500; i++) { list[i].iov_base = p; count = i + 1; }
        int all = Math.Max(count, 1500);
        _ = Libc.vmsplice(fd, list, [|(nuint)all|], 0);
        """)]
    [InlineData("var list = new IoVec[3000]; _ = RawPipe.VmSplice(pipe, [|list.AsSpan(0, 1025)|]);")]
    [InlineData("iovec* list = stackalloc iovec[1]; int i = 0; for (; i < 1500; i++) { } _ = Libc.vmsplice(fd, list, [|(nuint)i|], 0);")]
    public async Task MoreThanIovMax_IsReported(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3003", body);

    [Theory]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec[1024]);")]
    [InlineData("Span<IoVec> list = stackalloc IoVec[16]; _ = RawPipe.VmSplice(pipe, list);")]
    [InlineData("var list = new IoVec[3000]; _ = RawPipe.VmSplice(pipe, list.AsSpan(0, 1024));")]
    [InlineData("var list = new IoVec[3000]; _ = RawPipe.VmSplice(pipe, list.AsSpan(2990));")]
    [InlineData("iovec* list = stackalloc iovec[2000]; _ = Libc.vmsplice(fd, list, 1024, 0);")]
    [InlineData("iovec* list = stackalloc iovec[16]; int n = 0; while (n < 16) list[n++].iov_base = p; _ = Libc.vmsplice(fd, list, (nuint)n, 0);")]
    [InlineData(
        """
        var list = new IoVec[3000];
        for (int i = 0; i < list.Length; i += 1024) _ = RawPipe.VmSplice(pipe, list.AsSpan(i, Math.Min(1024, list.Length - i)));
        """)]
    public async Task AtMostIovMax_IsSilent(string body) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3003", body);

    [Theory]
    [InlineData("", "void N(SafePipeHandle pipe, ReadOnlySpan<IoVec> segments) { _ = RawPipe.VmSplice(pipe, [|segments|]); }")]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, IoVec[] segments)
        {
            nint n = RawPipe.VmSplice(pipe, [|segments|]);
            if (n < segments.Length) throw new IOException();
        }
        """)]
    [InlineData("", "void N(SafePipeHandle pipe, List<IoVec> parts) { _ = RawPipe.VmSplice(pipe, [|CollectionsMarshal.AsSpan(parts)|]); }")]
    [InlineData("", "void N(SafePipeHandle pipe, List<byte[]> parts) { var list = new IoVec[parts.Count]; _ = RawPipe.VmSplice(pipe, [|list|]); }")]
    [InlineData("", "void N(int fd, iovec* list, int count) { nint n = Libc.vmsplice(fd, list, [|(nuint)count|], 0); if (n < 5) return; }")]
    [InlineData("", "void N(SafePipeHandle pipe, List<IoVec> parts) { _ = RawPipe.VmSplice(pipe, [|parts.ToArray()|]); }")]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, ReadOnlySpan<IoVec> parts)
        {
            if (parts.Length > 2000) throw new ArgumentException();
            _ = RawPipe.VmSplice(pipe, [|parts|]);
        }
        """)]
    [InlineData("", "void N(int fd, iovec[] list) { fixed (iovec* q = list) _ = Libc.vmsplice(fd, q, [|(nuint)list.Length|], 0); }")]
    [InlineData("", "void N(SafePipeHandle pipe, ReadOnlySpan<IoVec> parts) { _ = RawPipe.VmSplice(pipe, [|parts[..Math.Min(parts.Length, 4096)]|]); }")]
    [InlineData("",
        """
        nint N(int fd, iovec* list, int count)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 4096);
            return Libc.vmsplice(fd, list, [|(nuint)count|], 0);
        }
        """)]
    [InlineData("",
        """
        nint N(int fd, iovec* list, int count)
        {
            if (count >= 2048) throw new ArgumentException();
            return Libc.vmsplice(fd, list, [|(nuint)count|], 0);
        }
        """)]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, List<IoVec> parts)
        {
            int n = Math.Clamp(parts.Count, 0, 1025);
            _ = RawPipe.VmSplice(pipe, [|CollectionsMarshal.AsSpan(parts)[..n]|]);
        }
        """)]
    public async Task CountOfRunTimeSize_IsReported(string body, string members) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3004", body, members);

    [Theory]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, ReadOnlySpan<IoVec> segments)
        {
            _ = RawPipe.VmSplice(pipe, segments[..Math.Min(segments.Length, RawPipe.IovMax)]);
        }
        """)]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, ReadOnlySpan<IoVec> segments)
        {
            if (segments.Length > 1024) throw new ArgumentException();
            _ = RawPipe.VmSplice(pipe, segments);
        }
        """)]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, List<byte[]> parts)
        {
            if (parts.Count > RawPipe.IovMax) return;
            var list = new IoVec[parts.Count];
            _ = RawPipe.VmSplice(pipe, list);
        }
        """)]
    [InlineData("", "nint N(SafePipeHandle pipe, ReadOnlySpan<IoVec> segments) => RawPipe.VmSplice(pipe, segments);")]
    [InlineData("", "nint N(int fd, iovec* list, nuint count) { return Libc.vmsplice(fd, list, count, 0); }")]
    [InlineData("",
        """
        void N(int fd, iovec* list, nuint count)
        {
            while (count > 0)
            {
                nuint now = nuint.Min(count, 1024);
                if (Libc.vmsplice(fd, list, now, 0) != 5) return;
                list += now;
                count -= now;
            }
        }
        """)]
    [InlineData("", "void N(int fd, iovec* list) { _ = Libc.vmsplice(fd, list, Count(), 0); } static nuint Count() => 1;")]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, List<IoVec> parts)
        {
            int n = Math.Clamp(parts.Count, 0, 64);
            _ = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)[..n]);
        }
        """)]
    [InlineData("",
        """
        readonly IoVec[] _list = new IoVec[8];
        void N(SafePipeHandle pipe, int used)
        {
            if (used > 8) used = 8;
            _ = RawPipe.VmSplice(pipe, _list.AsSpan(0, used));
        }
        """)]
    [InlineData("",
        """
        nint N(int fd, iovec* list, int count)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
            return Libc.vmsplice(fd, list, (nuint)count, 0);
        }
        """)]
    [InlineData("",
        """
        nint N(int fd, iovec* list, int count)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(count, 1025);
            nint n = Libc.vmsplice(fd, list, (nuint)count, 0);
            return n;
        }
        """)]
    [InlineData("",
        """
        void N(SafePipeHandle pipe, ReadOnlySpan<IoVec> parts, int most)
        {
            _ = RawPipe.VmSplice(pipe, parts[..Math.Min(Math.Min(parts.Length, most), 1024)]);
        }
        """)]
    public async Task CountBoundedOrUnknown_IsSilent(string body, string members) => await RawSource.VerifyAsync<SegmentAnalyzer>("VMS3004", body, members);

    [Theory]
    [InlineData("VMS3003",
        """
        iovec* list = stackalloc iovec[1025];
        _ = Libc.vmsplice(fd, list, [|1025|], 0);
        """,
        "'Libc.vmsplice' is given 1,025 segments; the kernel takes at most 1,024 (IOV_MAX) in one call and fails with EINVAL beyond: "
            + "send them in several calls")]
    [InlineData("VMS3004",
        """
        iovec* list = stackalloc iovec[9];
        var parts = new List<int>();
        int count = parts.Count;
        _ = Libc.vmsplice(fd, list, [|(nuint)count|], 0);
        """,
        "The number of segments, '(nuint)count', may exceed 1,024 (IOV_MAX), and then the kernel fails with EINVAL: send at most 1,024 at a time")]
    [InlineData("VMS3004",
        """
        var parts = new List<IoVec>();
        while (length-- > 0) parts.Add(new IoVec(p, 1));
        _ = RawPipe.VmSplice(pipe, [|parts.ToArray()|]);
        """,
        "The number of segments in 'parts.ToArray()' may exceed 1,024 (IOV_MAX), and then the kernel fails with EINVAL: send at most 1,024 at a time")]
    public async Task Count_MessageNamesCallOrCount(string id, string body, string message)
        => Assert.Equal(message, (await RawSource.VerifyAsync<SegmentAnalyzer>(id, body)).Message);
}
