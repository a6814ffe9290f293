using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2002 and VMS2008: any other use after the hand-over, and a second one.</summary>
public sealed class UseAfterHandOverTests
{
    [Theory]
    [InlineData("w.Send(b); n = [|b.Span[0]|];")]
    [InlineData("w.Send(b); n = [|b[0]|];")]
    [InlineData("w.Send(b); var s = [|b.Span|];")]
    [InlineData("w.Gift(b); var m = [|b.Memory|];")]
    [InlineData("w.Gift(b); var a = [|b.Address|];")]
    [InlineData("var s = b.Span; w.Send(b); n = [|s[0]|];")]
    [InlineData("var s = b.Span; w.Send(b); foreach (int x in [|s|]) { n += x; }")]
    [InlineData("ref int r = ref b[0]; w.Send(b); n = [|r|];")]
    [InlineData("int* p = (int*)b.Address; w.Send(b); n = [|*p|];")]
    [InlineData("var s = b.Span; w.Send(b); w.Write([|s|]);")]
    [InlineData("var s = MemoryMarshal.AsBytes(b.Span); w.Send(b); stream.Write([|s|]);")]
    [InlineData("var s = b.Span; w.Send(b); var a = [|s.ToArray()|];")]
    [InlineData("var s = b.Span; w.Send(b); [|s.CopyTo(d.Span)|];")]
    [InlineData("w.Send(b); var f = [|b|].Freeze();")]
    [InlineData("b.Dispose(); n = [|b[0]|];")]
    [InlineData("b.Dispose(); w.Send([|b|]);")]
    [InlineData("using (b) { n = b[0]; } n = [|b[0]|];")]
    public Task Used_Reported(string statements) => Lifetimes.VerifyStatements("VMS2002", statements);

    [Theory]
    [InlineData("w.Send(b); var s = b.State;")]
    [InlineData("w.Send(b); b.Dispose();")]
    [InlineData("using (b) { w.Send(b); }")]
    [InlineData("using var r = w.Rent<int>(8); w.Send(r);")]
    [InlineData("n = b[0]; n += b.Length; w.Send(b);")]
    [InlineData("try { w.Send(b); } finally { b.Dispose(); }")]
    [InlineData("w.Send(b); var e = b; n = e.GetHashCode();")]
    [InlineData("int length = b.Length; w.Send(b); n = length;")]
    [InlineData("var f = b.Freeze(); w.Send(f); w.Send(f); n = f.Span[0]; f.Dispose();")]
    [InlineData("var s = b.Span; w.Send(b); s = default; n = s.Length;")]
    public Task NotUsed_Silent(string statements) => Lifetimes.VerifyStatements("VMS2002", statements);

    [Theory]
    [InlineData("w.Send(b); w.Send([|b|]);")]
    [InlineData("w.Send(b); w.Gift([|b|]);")]
    [InlineData("w.Gift(b); w.Send([|b|], 3);")]
    [InlineData("var e = b; w.Send(e); w.Send([|b|]);")]
    [InlineData("if (c) w.Send(b); else w.Gift(b); w.Send([|b|]);")]
    [InlineData("try { w.Send(b); } finally { w.Send([|b|]); }")]
    [InlineData("w.Send(b); if (c) w.Send([|b|]);")]
    public Task SentTwice_Reported(string statements) => Lifetimes.VerifyStatements("VMS2008", statements);

    [Theory]
    [InlineData("w.Send(b); w.Send(d);")]
    [InlineData("if (c) w.Send(b); else w.Gift(b);")]
    [InlineData("w.Send(b); b = w.Rent<int>(3); w.Send(b);")]
    [InlineData("switch (n) { case 1: w.Send(b); break; case 2: w.Gift(b); break; default: b.Dispose(); break; }")]
    [InlineData("if (c) { w.Send(b); return; } w.Gift(b);")]
    [InlineData("foreach (var e in new[] { b, d }) { w.Send(e); }")]
    [InlineData("if (b.State == PageBufferState.Owned) w.Send(b); if (b.State == PageBufferState.Owned) w.Send(b);")]
    public Task SentOnce_Silent(string statements) => Lifetimes.VerifyStatements("VMS2008", statements);
}
