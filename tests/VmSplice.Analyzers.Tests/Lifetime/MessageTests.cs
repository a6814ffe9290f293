using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Messages name the buffer, the alias and the line, and point to the line that sent it.</summary>
public sealed class MessageTests
{
    [Theory]
    [InlineData("w.Send(b);\n [|b[0]|] = 1;", "'b' is written after 'b' was sent on line 6:")]
    [InlineData("var s = b.Span;\n w.Gift(b);\n [|s[0]|] = 1;", "'s', which is or is part of 'b', is written after 'b' was gifted on line 7:")]
    [InlineData("Give(w, b);\n [|b[0]|] = 1;", "'b' is written after 'b' was sent by 'Give' on line 6:")]
    [InlineData("var r = w.Rent<int>(3);\n w.Send(r);\n [|r[0]|] = 1;", "'r' is written after 'r' was sent on line 7:")]
    public async Task Error_NamesAliasBufferAndLine(string statements, string start)
        => Assert.StartsWith(start, (await Single("VMS2001", statements)).GetMessage(null), StringComparison.Ordinal);

    [Theory]
    [InlineData("if (c)\n w.Send(b);\n [|b[0]|] = 1;", "on the path where 'c' on line 6 is true")]
    [InlineData("if (c) { }\n else { w.Send(b); }\n [|b[0]|] = 1;", "on the path where 'c' on line 6 is false")]
    [InlineData("while (c) {\n [|b[0]|] = 1; if (n > 3) w.Send(b); }", "an earlier round of the loop")]
    [InlineData("var e = c ? b : d; w.Send(b);\n [|e[0]|] = 1; w.Send(d);", "here it is 'b' or 'd', depending on the path")]
    [InlineData("try { w.Send(b); } catch (Exception) { [|b[0]|] = 1; }", "unless an exception comes first")]
    public async Task Warning_NamesPathOrAlias(string statements, string part)
        => Assert.Contains(part, (await Single("VMS2004", statements)).GetMessage(null), StringComparison.Ordinal);

    [Theory]
    [InlineData("VMS2001",
        """
        var r = w.Rent<int>(3);
         Action fill = () => [|r[0]|] = 1;
         w.Send(r);
         fill();
        """,
        "'r' was sent on line 8 (this is called on line 9)")]
    [InlineData("VMS2009", "_held = b;\n w.Send([|b|]);", "'_held' still holds 'b' after it is sent here")]
    [InlineData("VMS2009", "_all.Add(b);\n w.Send([|b|]);", "'_all' still holds 'b' after it is sent here")]
    [InlineData("VMS2005", "byte* at = stackalloc byte[8];\n Raw([|at|]);", "'at' is stack memory, which 'Raw' gives to vmsplice:")]
    [InlineData("VMS2004",
        """
        using PageBuffer<int> [|u = w.Rent<int>(3)|];
         _task = w.WriteAsync<int>(u.Memory).AsTask();
        """,
        "'u' may be read after it is disposed here:")]
    [InlineData("VMS2001", "w.Send(p.Held);\n [|p.Held[0]|] = 1;\n p.Held = default;", "'p.Held' is written after 'p.Held' was sent on line 6:")]
    [InlineData("VMS2002", "var q = new Pair { Held = b };\n w.Send(q.Held);\n n = [|q.Held[0]|];", "'q', which is or is part of 'b', is used")]
    public async Task Message_NamesHolderHelperAndCall(string id, string statements, string part)
        => Assert.Contains(part, (await Single(id, statements)).GetMessage(null), StringComparison.Ordinal);

    [Fact]
    public async Task Error_PointsToTheLineThatSent()
    {
        Diagnostic diagnostic = await Single("VMS2001", "w.Send(b);\n [|b[0]|] = 1;");
        Location sent = Assert.Single(diagnostic.AdditionalLocations);
        Assert.Equal(5, sent.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("VMS2001", "w.Send(b); [|b[0]|] = 1; b[1] = 2; b[2] = 3;")]
    [InlineData("VMS2001", "w.Send(b); [|b.Span[0]|] = b.Span[1] + b.Length;")]
    [InlineData("VMS2001", "w.Send(b); for (int i = 0; i < n; i++) { [|b[i]|] = i; }")]
    [InlineData("VMS2008", "w.Send(b); w.Send([|b|]); w.Send(b);")]
    [InlineData("VMS2001", "while (c) { [|b[0]|] = 1; w.Send(b); }")]
    public Task OneMisuse_OneDiagnostic(string id, string statements) => Single(id, statements);

    private static async Task<Diagnostic> Single(string id, string statements)
    {
        AnalyzerResult result = await AnalyzerTest.VerifyAsync(
            $$"""
            public unsafe class Subject
            {
                static void Give(SpliceWriter w, PageBuffer<int> b) { w.Send(b); }
                public void M(SpliceWriter w, PageBuffer<int> b, PageBuffer<int> d, bool c, int n, Pair p)
                {
            {{statements}}
                }
                public sealed class Pair { public PageBuffer<int> Held; }
                private readonly List<PageBuffer<int>> _all = [];
                private PageBuffer<int> _held;
                private Task? _task;
                private System.Runtime.InteropServices.SafeHandle? _pipe;
                private void Raw(byte* p) { if (RawPipe.VmSplice(_pipe!, [new IoVec(p, 8)]) != 8) { throw new IOException(); } }
            }
            """,
            new AnalyzerTestOptions { Id = id, RunGenerator = false },
            new LifetimeAnalyzer());
        return Assert.Single(result.Diagnostics);
    }
}
