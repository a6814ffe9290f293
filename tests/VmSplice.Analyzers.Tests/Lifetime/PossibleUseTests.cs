using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2004: on some path, or through an alias that may be it.</summary>
public sealed class PossibleUseTests
{
    [Theory]
    [InlineData("if (c) w.Send(b); [|b[0]|] = 1;")]
    [InlineData("if (c) w.Send(b); n = [|b[0]|];")]
    [InlineData("if (c) w.Send(b); w.Send([|b|]);")]
    [InlineData("while (n-- > 0) { [|b[0]|] = n; if (c) { w.Send(b); } }")]
    [InlineData("for (int i = 0; i < n; i++) { if (i % 2 == 0) { w.Send([|b|]); } }")]
    [InlineData("var e = c ? b : d; w.Send(b); [|e[0]|] = 1;")]
    [InlineData("var e = c ? b : d; w.Send(e); [|b[0]|] = 1;")]
    [InlineData("switch (n) { case 1: w.Send(b); break; } [|b[0]|] = 1;")]
    [InlineData("try { w.Send(b); } catch (Exception) { [|b[0]|] = 1; }")]
    [InlineData("while (c) { if (n == 3) { w.Send(b); break; } n++; } [|b[0]|] = 1;")]
    [InlineData("var s = b.Span; if (n > 3) { w.Send(b); b = d; } [|s[0]|] = 1;")]
    public Task Possible_Reported(string statements) => Lifetimes.VerifyStatements("VMS2004", statements);

    [Theory]
    [InlineData("if (n > 3) { w.Send(b); b = w.Rent<int>(3); } b[0] = 1; w.Send(b);")]
    [InlineData("if (c) { w.Send(b); } if (!c) { b[0] = 1; w.Send(b); }")]
    [InlineData("var current = b; for (int i = 0; i < n; i++) { current[0] = i; w.Send(current); current = w.Rent<int>(4); } w.Send(current);")]
    [InlineData(
        """
        var r = w.Rent<int>(8);
        int at = 0;
        for (int i = 0; i < n; i++)
        {
            if (at == r.Length)
            {
                w.Send(r);
                r = w.Rent<int>(8);
                at = 0;
            }
            r[at++] = i;
        }
        w.Send(r, at);
        """)]
    [InlineData("bool sent = false; if (n > 3) { w.Send(b); sent = true; } if (!sent) { b[0] = 1; }")]
    [InlineData("try { b[0] = 1; w.Send(b); } catch (IOException) { b.Dispose(); throw; }")]
    [InlineData("try { if (c) { w.Send(b); return; } n++; } finally { n = 0; } b[0] = 1;")]
    [InlineData("foreach (int x in _list.Select(one => one.Length)) { var r = w.Rent<int>(x); r.Span.Fill(x); w.Send(r); }")]
    public Task Impossible_Silent(string statements) => Lifetimes.VerifyStatements("VMS2004", statements);
}
