using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4002.</summary>
public sealed class ShortTransferTests
{
    [Theory]
    [InlineData("iovec v; if ([|Libc.vmsplice(fd, &v, 1, 0)|] < 0) throw new IOException();")]
    [InlineData("iovec v; if ([|Libc.vmsplice(fd, &v, 1, 0)|] == -1) throw new IOException();")]
    [InlineData("iovec v; nint n = [|Libc.vmsplice(fd, &v, 1, 0)|]; if (n < 0) throw new IOException();")]
    [InlineData("iovec v; nint n; while ((n = [|Libc.vmsplice(fd, &v, 1, 0)|]) == -1 && Marshal.GetLastPInvokeError() == 4) { }")]
    [InlineData("iovec v; if ([|Libc.vmsplice(fd, &v, 1, 0)|] is < 0) throw new IOException();")]
    [InlineData("iovec v; if ([|Libc.vmsplice(fd, &v, 1, 0)|].ToInt64() <= 0) throw new IOException();")]
    [InlineData("nint n = [|RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None)|]; Console.WriteLine(n);")]
    [InlineData("nint n = [|RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None)|]; Console.WriteLine($\"sent {n}\");")]
    [InlineData("iovec v; long n = (long)[|Libc.vmsplice(fd, &v, 1, 0)|]; if (n is -1) throw new IOException($\"{n}\");")]
    public async Task OnlyFailureChecked_IsReported(string body) => await RawSource.VerifyAsync<RawResultAnalyzer>("VMS4002", body);

    [Theory]
    [InlineData("iovec v; nint n = Libc.vmsplice(fd, &v, 1, 0); if (n < 0) throw new IOException(); if (n != (nint)length) throw new IOException();")]
    [InlineData(
        """
        iovec v;
        nint n = Libc.vmsplice(fd, &v, 1, 0);
        if (n < 0) throw new IOException();
        v.iov_base = (byte*)v.iov_base + n;
        v.iov_len -= (nuint)n;
        """)]
    [InlineData("iovec v; nint n = Libc.vmsplice(fd, &v, 1, 0); if (n < 4096) throw new IOException();")]
    [InlineData("iovec v; nint n = Libc.vmsplice(fd, &v, 1, 0); Debug.Assert(n == (nint)length);")]
    [InlineData("int Send() { iovec v; return (int)Libc.vmsplice(fd, &v, 1, 0); } Send();")]
    [InlineData("iovec v; switch (Libc.vmsplice(fd, &v, 1, 0)) { case 4096: break; default: throw new IOException(); }")]
    [InlineData("nuint left = length; while (left > 0) { nint n = RawPipe.VmSplice(pipe, new IoVec(p, left), SpliceFlags.None); p += n; left -= (nuint)n; }")]
    public async Task ShortTransferHandled_IsSilent(string body) => await RawSource.VerifyAsync<RawResultAnalyzer>("VMS4002", body);
}
