using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>VMS4007.</summary>
public sealed class ErrorNumberTests
{
    private const string Unkept = "[DllImport(\"libc\")] static extern nint vmsplice(int fd, iovec* iov, nuint count, uint flags);";

    [Theory]
    [InlineData("nint n = Libc.vmsplice(fd, null, 1, 0); if (n < 0) { Libc.close(fd); throw new IOException(\"\", [|Marshal.GetLastPInvokeError()|]); }")]
    [InlineData(
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        Console.WriteLine("sent");
        if (n < 0) throw new IOException("", [|Marshal.GetLastPInvokeError()|]);
        """)]
    [InlineData("if (Libc.vmsplice(fd, null, 1, 0) < 0) { pipe.Dispose(); int error = [|Marshal.GetLastWin32Error()|]; throw new IOException(\"\", error); }")]
    [InlineData(
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        if (n == -1) { File.AppendAllText("log", "failed"); int error = [|Marshal.GetLastPInvokeError()|]; }
        """)]
    [InlineData(
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        Log("sent");
        if (n < 0) throw new IOException("", [|Marshal.GetLastPInvokeError()|]);
        """,
        "static void Log(string text) => Console.Error.WriteLine(text);")]
    [InlineData("nint n = vmsplice(fd, null, 1, 0); if (n < 0) throw new IOException(\"\", [|Marshal.GetLastPInvokeError()|]);", Unkept)]
    [InlineData("if (vmsplice(fd, null, 1, 0) < 0) { int error = [|Marshal.GetLastWin32Error()|]; }", Unkept)]
    [InlineData(
        """
        var call = (delegate* unmanaged<int, iovec*, nuint, uint, nint>)NativeLibrary.GetExport(0, "vmsplice");
        if (call(fd, null, 1, 0) < 0) throw new IOException("", [|Marshal.GetLastPInvokeError()|]);
        """)]
    public async Task NumberNotThatOfTheCall_IsReported(string body, string members = "")
        => await RawSource.VerifyAsync<ErrorNumberAnalyzer>("VMS4007", body, members);

    [Theory]
    [InlineData("nint n = Libc.vmsplice(fd, null, 1, 0); if (n < 0) throw new IOException(\"\", Marshal.GetLastPInvokeError());")]
    [InlineData(
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        int error = Marshal.GetLastPInvokeError();
        Libc.close(fd);
        if (n < 0) throw new IOException("", error);
        """)]
    [InlineData(
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        if (n < 0) return;
        if (Libc.poll(null, 0, 1) < 0) throw new IOException("", Marshal.GetLastPInvokeError());
        """)]
    [InlineData("while (Libc.vmsplice(fd, null, 1, 0) < 0 && Marshal.GetLastPInvokeError() == 4) { }")]
    [InlineData(
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        if (n >= 0) { Console.WriteLine(n); return; }
        throw new IOException("", Marshal.GetLastPInvokeError());
        """)]
    [InlineData(
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        nint used = Math.Max(n, 0);
        if (n < 0) throw new IOException($"{used}", Marshal.GetLastPInvokeError());
        """)]
    [InlineData("if (Libc.close(fd) < 0) throw new IOException(\"\", Marshal.GetLastPInvokeError());")]
    [InlineData(
        """
        var call = (delegate* unmanaged<int, iovec*, nuint, uint, nint>)NativeLibrary.GetExport(0, "vmsplice");
        if (call(fd, null, 1, 0) < 0) throw new IOException("", Marshal.GetLastSystemError());
        """)]
    [InlineData("_ = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None); Console.WriteLine(); if (Marshal.GetLastPInvokeError() != 0) return;")]
    public async Task NumberOfTheCall_IsSilent(string body) => await RawSource.VerifyAsync<ErrorNumberAnalyzer>("VMS4007", body);

    [Fact]
    public async Task CallInBetween_MessageNamesItAndPointsAtTheRawCall()
    {
        AnalyzerResult result = await RawSource.VerifyAsync<ErrorNumberAnalyzer>(
            "VMS4007",
            """
            nint n = {|#call:Libc.vmsplice(fd, null, 1, 0)|}; if (n < 0) { Libc.close(fd); throw new IOException("", [|Marshal.GetLastPInvokeError()|]); }
            """);
        Assert.Equal(
            "'GetLastPInvokeError' does not give the error of 'Libc.vmsplice' here: 'Libc.close' is called in between and may overwrite it; "
            + "read it into a variable right after the call",
            result.Message);
        result.AssertPointsAt("call");
    }
}
