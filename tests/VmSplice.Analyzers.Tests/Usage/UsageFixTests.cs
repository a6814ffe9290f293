using VmSplice.Analyzers.Tests.Raw;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using VmSplice.CodeFixes.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Usage;

/// <summary>The fixes of VMS4001, VMS4002, VMS4005 and VMS4007.</summary>
public sealed class UsageFixTests
{
    private static readonly CodeFixTestOptions s_options = new() { Analyzer = RawSource.Options };

    [Theory]
    [InlineData(
        """
        RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.Gift | SpliceFlags.Move);
        RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.More);
        """,
        """
        RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.Gift);
        RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);
        """)]
    [InlineData(
        "RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.Move | SpliceFlags.NonBlocking);",
        "RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.NonBlocking);")]
    [InlineData(
        "RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.Move | SpliceFlags.More);",
        "RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);")]
    [InlineData(
        "RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.Move | SpliceFlags.Gift | SpliceFlags.More);",
        "RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.Gift);")]
    [InlineData(
        """
        Libc.vmsplice(fd, null, 1, 1);
        Libc.vmsplice(fd, null, 1, 9);
        Libc.vmsplice(fd, null, 1, Libc.SPLICE_F_GIFT | Libc.SPLICE_F_MORE);
        """,
        """
        Libc.vmsplice(fd, null, 1, 0);
        Libc.vmsplice(fd, null, 1, 8);
        Libc.vmsplice(fd, null, 1, Libc.SPLICE_F_GIFT);
        """)]
    public async Task UselessFlag_IsRemoved(string body, string expected)
        => await CodeFixTest.VerifyAsync<UselessFlagAnalyzer, RemoveFlagFix>(RawSource.Method(body), RawSource.Method(expected), s_options);

    [Theory]
    [InlineData("async Task N(SpliceWriter w, PageBuffer<int> b) { w.SendAsync(b); }",
        """
        async Task N(SpliceWriter w, PageBuffer<int> b) { await w.SendAsync(b); }
        """)]
    [InlineData(
        """
        void N(SpliceWriter w, PageBuffer<int> b)
        {
            Func<Task> f = async () => { w.SendAsync(b); };
            f();
        }
        """,
        """
        void N(SpliceWriter w, PageBuffer<int> b)
        {
            Func<Task> f = async () => { await w.SendAsync(b); };
            f();
        }
        """)]
    public async Task UnawaitedSend_IsAwaitedByHand(string member, string expected)
        => await CodeFixTest.VerifyAsync<UnawaitedSendAnalyzer, AwaitSendFix>($"class Sender {{ {member} }}", $"class Sender {{ {expected} }}");

    [Theory]
    [InlineData("void N(SpliceWriter w, PageBuffer<int> b) { w.SendAsync(b); }")]
    [InlineData("async Task N(SpliceWriter w, PageBuffer<int> b) { Action a = () => { w.SendAsync(b); }; a(); await Task.Yield(); }")]
    [InlineData("async Task N(SpliceWriter w, PageBuffer<int> b) { lock (w) { w.SendAsync(b); } await Task.Yield(); }")]
    public async Task FunctionThatCannotAwait_NotOffered(string member)
        => await CodeFixTest.VerifyNotOfferedAsync<UnawaitedSendAnalyzer, AwaitSendFix>($"class Sender {{ {member} }}");

    [Fact]
    public async Task NamedConstantOfSeveralFlags_IsNotFixed()
        => await CodeFixTest.VerifyNotOfferedAsync<UselessFlagAnalyzer, RemoveFlagFix>(
            RawSource.Method("const uint flags = 9; Libc.vmsplice(fd, null, 1, flags);"), s_options);

    [Theory]
    [InlineData(
        "RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);",
        """
        nint accepted = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);
        if (accepted != (nint)length) throw new IOException($"vmsplice took {accepted} of {(nint)length} bytes.");
        """)]
    [InlineData(
        """
        iovec v = default;
        Libc.vmsplice(fd, &v, 1, 0);
        Libc.vmsplice(fd, &v, 1, 8);
        """,
        """
        iovec v = default;
        nint accepted = Libc.vmsplice(fd, &v, 1, 0);
        if (accepted != (nint)v.iov_len) throw new IOException($"vmsplice took {accepted} of {(nint)v.iov_len} bytes.");
        nint accepted2 = Libc.vmsplice(fd, &v, 1, 8);
        if (accepted2 != (nint)v.iov_len) throw new IOException($"vmsplice took {accepted2} of {(nint)v.iov_len} bytes.");
        """)]
    [InlineData(
        """
        IoVec[] list = [new IoVec(p, 8), new IoVec(p + 8, 8)];
        nint n = RawPipe.VmSplice(pipe, list);
        """,
        """
        IoVec[] list = [new IoVec(p, 8), new IoVec(p + 8, 8)];
        nint n = RawPipe.VmSplice(pipe, list);
        nint given = 0;
        foreach (var each in list) given += (nint)each.Length;
        if (n != given) throw new IOException($"vmsplice took {n} of {given} bytes.");
        """)]
    [InlineData(
        "RawPipe.VmSplice(pipe, [new IoVec(p, 8), new IoVec(p + 8, length)]);",
        """
        nint accepted = RawPipe.VmSplice(pipe, [new IoVec(p, 8), new IoVec(p + 8, length)]);
        if (accepted != (8 + (nint)length)) throw new IOException($"vmsplice took {accepted} of {(8 + (nint)length)} bytes.");
        """)]
    [InlineData(
        """
        iovec* list = stackalloc iovec[4];
        nint n = Libc.vmsplice(fd, list, 4, 0);
        if (n < 0) throw new IOException("", Marshal.GetLastPInvokeError());
        """,
        """
        iovec* list = stackalloc iovec[4];
        nint n = Libc.vmsplice(fd, list, 4, 0);
        if (n < 0) throw new IOException("", Marshal.GetLastPInvokeError());
        nint given = 0;
        for (int each = 0; each < 4; each++) given += (nint)list[each].iov_len;
        if (n != given) throw new IOException($"vmsplice took {n} of {given} bytes.");
        """)]
    [InlineData(
        """
        iovec* v = stackalloc iovec[1];
        if (Libc.vmsplice(fd, v, 1, 0) < 0)
            throw new IOException("", Marshal.GetLastPInvokeError());
        """,
        """
        iovec* v = stackalloc iovec[1];
        nint accepted = Libc.vmsplice(fd, v, 1, 0);
        if (accepted < 0)
            throw new IOException("", Marshal.GetLastPInvokeError());
        if (accepted != (nint)v->iov_len) throw new IOException($"vmsplice took {accepted} of {(nint)v->iov_len} bytes.");
        """)]
    public async Task ResultNotCounted_IsComparedWithTheLength(string body, string expected)
        => await CodeFixTest.VerifyAsync<RawResultAnalyzer, CheckTransferFix>(RawSource.Method(body), RawSource.Method(expected), s_options);

    [Fact]
    public async Task ResultOfExpressionBody_IsComparedInABlock()
        => await CodeFixTest.VerifyAsync<RawResultAnalyzer, CheckTransferFix>(
            RawSource.Method("", "void Send(SafePipeHandle pipe, byte* p) => RawPipe.VmSplice(pipe, new IoVec(p, 8), SpliceFlags.None);"),
            RawSource.Method("",
                """
                void Send(SafePipeHandle pipe, byte* p)
                {
                    nint accepted = RawPipe.VmSplice(pipe, new IoVec(p, 8), SpliceFlags.None);
                    if (accepted != 8) throw new IOException($"vmsplice took {accepted} of {(nint)8} bytes.");
                }
                """),
            s_options);

    [Theory]
    [InlineData("Action send = () => RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.None);")]
    [InlineData("if (Libc.vmsplice(fd, null, 1, 0) < 0) throw new IOException();")]
    [InlineData("RawPipe.VmSplice(pipe, List()); IoVec[] List() => [];")]
    [InlineData("RawPipe.VmSplice(pipe, new IoVec(p, length--), SpliceFlags.None);")]
    public async Task NoPlaceOrNoLength_IsNotFixed(string body)
        => await CodeFixTest.VerifyNotOfferedAsync<RawResultAnalyzer, CheckTransferFix>(RawSource.Method(body), s_options);

    [Theory]
    [InlineData(
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        if (n < 0)
        {
            Libc.close(fd);
            throw new IOException("", Marshal.GetLastPInvokeError());
        }
        """,
        """
        nint n = Libc.vmsplice(fd, null, 1, 0);
        int errorNumber = Marshal.GetLastPInvokeError();
        if (n < 0)
        {
            Libc.close(fd);
            throw new IOException("", errorNumber);
        }
        """)]
    [InlineData(
        """
        if (Libc.vmsplice(fd, null, 1, 0) < 0)
        {
            Libc.close(fd);
            int a = Marshal.GetLastPInvokeError();
            int b = Marshal.GetLastPInvokeError();
        }
        """,
        """
        if (Libc.vmsplice(fd, null, 1, 0) < 0)
        {
            int errorNumber = Marshal.GetLastPInvokeError();
            Libc.close(fd);
            int a = errorNumber;
            int b = errorNumber;
        }
        """)]
    public async Task CallInBetween_NumberIsKept(string body, string expected)
        => await CodeFixTest.VerifyAsync<ErrorNumberAnalyzer, ErrorNumberFix>(RawSource.Method(body), RawSource.Method(expected),
            s_options with { FixAllResult = null });

    [Theory]
    [InlineData("[DllImport(\"libc\")]", "[DllImport(\"libc\", SetLastError = true)]")]
    [InlineData("[DllImport(\"libc\", SetLastError = false)]", "[DllImport(\"libc\", SetLastError = true)]")]
    public async Task NumberNotKept_DeclarationKeepsIt(string attribute, string expected)
    {
        const string Body = """
            if (vmsplice(fd, null, 1, 0) < 0) { int e = Marshal.GetLastWin32Error(); }
            if (vmsplice(fd, null, 1, 8) < 0) { int e = Marshal.GetLastWin32Error(); }
            """;
        const string Rest = " static extern nint vmsplice(int fd, iovec* iov, nuint count, uint flags);";
        await CodeFixTest.VerifyAsync<ErrorNumberAnalyzer, ErrorNumberFix>(
            RawSource.Method(Body, attribute + Rest), RawSource.Method(Body, expected + Rest), s_options);
    }

    [Fact]
    public async Task FunctionPointer_IsNotFixed()
        => await CodeFixTest.VerifyNotOfferedAsync<ErrorNumberAnalyzer, ErrorNumberFix>(
            RawSource.Method(
                """
                var vmsplice = (delegate* unmanaged<int, iovec*, nuint, uint, nint>)null;
                if (vmsplice(fd, null, 1, 0) < 0) throw new IOException("", Marshal.GetLastPInvokeError());
                """),
            s_options);
}
