using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Loops whose top uses what their bottom gave away: certain where every round but the first does it.</summary>
public sealed class LoopTests
{
    [Theory]
    [InlineData("VMS2001", "while (n-- > 0) { [|b[0]|] = n; w.Send(b); }")]
    [InlineData("VMS2001", "for (int i = 0; i < n; i++) { [|b.Span[i]|] = i; w.Gift(b); }")]
    [InlineData("VMS2001", "while (n-- > 0) { try { [|b[0]|] = n; w.Send(b); } catch (IOException) { n = 0; } }")]
    [InlineData("VMS2001", "do { [|b[0]|] = n; w.Send(b); } while (c);")]
    [InlineData("VMS2001", "foreach (int x in new[] { 1, 2 }) { [|b[0]|] = x; if (c) { w.Send(b); } else { w.Gift(b); } }")]
    [InlineData("VMS2001", "var s = b.Span; for (;;) { [|s[0]|] = 1; w.Send({|VMS2008:b|}); if (c) break; }")]
    [InlineData("VMS2001", "Top: [|b[0]|] = 1; w.Send(b); if (n-- > 0) goto Top;")]
    [InlineData("VMS2001", "for (int i = 0; i < n; i++) { for (int k = 0; k < 3; k++) { [|b[k]|] = k; } w.Send(b); }")]
    [InlineData("VMS2001", "void Send() { w.Send(b); } while (c) { [|b[0]|] = 1; Send(); }")]
    [InlineData("VMS2002", "while (n > 0) { n += [|b[0]|]; w.Send(b); }")]
    [InlineData("VMS2008", "for (int i = 0; i < n; i++) { w.Send([|b|]); }")]
    [InlineData("VMS2008", "for (int i = 0; i < n; i++) { for (int k = 0; k < 3; k++) { w.Send([|b|]); } }")]
    [InlineData("VMS2003", "ref var t = ref records.Next(); while (c) { [|t.Time|] = 1; records.Next(); }")]
    [InlineData("VMS2001", "byte* p = (byte*)NativeMemory.Alloc(64); while (c) { [|p[0]|] = 1; RawPipe.VmSplice(fd, [new IoVec(p, 64)]); }")]
    public Task EveryLaterRound_Certain(string id, string statements) => Lifetimes.VerifyStatements(id, statements);

    [Theory]
    [InlineData("while (n-- > 0) { [|b[0]|] = n; if (c) { w.Send(b); } }")]
    [InlineData("while (n-- > 0) { [|b[0]|] = n; if (n == 3) { continue; } w.Send(b); }")]
    [InlineData("while (n-- > 0) { [|b[0]|] = n; w.Send(b); if (c) { b = d; } }")]
    [InlineData("while (n-- > 0) { try { [|b[0]|] = n; w.Send(b); } catch (Exception) { n = 0; } }")]
    [InlineData("while (n-- > 0) { try { [|b[0]|] = n; stream.Flush(); w.Send(b); } catch (IOException) { n = 0; } }")]
    [InlineData("while (c) { if (n > 3) { continue; } [|b[0]|] = 1; w.Send(b); n = d.Length; }")]
    public Task SomeLaterRound_Possible(string statements) => Lifetimes.VerifyStatements("VMS2004", statements);

    [Theory]
    [InlineData("while (n-- > 0) { b[0] = n; w.Send(b); b = w.Rent<int>(4); } w.Send(b);")]
    [InlineData("while (c) { b[0] = 1; w.Send(b); break; }")]
    [InlineData("bool first = true; while (c) { if (first) { b[0] = 1; w.Send(b); first = false; } }")]
    [InlineData("for (;;) { if (n == 3) { b[0] = 1; w.Send(b); return; } n++; }")]
    [InlineData("for (int i = 0; i < n; i++) { b[i] = i; } w.Send(b);")]
    [InlineData("do { b[0] = n; w.Send(b); } while (false);")]
    public Task NoLaterRound_Silent(string statements) => Lifetimes.VerifyStatements("-", statements);

    [Fact]
    public async Task Message_SaysTheRoundBefore()
    {
        AnalyzerResult result = await Lifetimes.ResultOfStatements("VMS2001", "while (n-- > 0) { [|b[0]|] = n; w.Send(b); }");
        Assert.Contains(", in the round before:", result.Message, StringComparison.Ordinal);
    }
}
