using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Buffers that are handed over as one list, written in the call or into a variable before it.</summary>
public sealed class ListTests
{
    [Theory]
    [InlineData("w.SendAll(b, d); [|b[0]|] = 1;")]
    [InlineData("w.SendAll([b, d]); [|d[0]|] = 1;")]
    [InlineData("w.SendAll(new[] { b, d }); [|d[0]|] = 1;")]
    [InlineData("w.SendAll([b, .. new[] { d }]); [|b[0]|] = 1;")]
    [InlineData("PageBuffer<int>[] all = [b, .. new[] { d }]; w.SendAll(all); [|b[0]|] = 1;")]
    [InlineData("PageBuffer<int>[] all = [b, d]; w.SendAll(all); [|b[0]|] = 1;")]
    [InlineData("var all = new[] { b, d }; w.SendAll(all); [|d[0]|] = 1;")]
    [InlineData("ReadOnlySpan<PageBuffer<int>> all = [b, d]; w.SendAll(all); [|b[0]|] = 1;")]
    [InlineData("var all = new[] { b, d }; n = all.Length; all[0][0] = n; w.SendAll(all); [|b[0]|] = 1;")]
    [InlineData("Span<int> s = b.Span; PageBuffer<int>[] all = [b, d]; foreach (var x in all) { n = x.Length; } w.SendAll(all); [|s[0]|] = 1;")]
    [InlineData("while (n-- > 0) { var r = w.Rent<int>(8); PageBuffer<int>[] all = [r]; w.SendAll(all); [|r[0]|] = 1; }")]
    public Task UseAfterList_Reported(string statements) => Lifetimes.VerifyStatements("VMS2001", statements);

    [Theory]
    [InlineData("PageBuffer<int>[] all = [b, d]; w.SendAll(all); w.Send([|b|]);")]
    [InlineData("w.Send(b); PageBuffer<int>[] all = [b, d]; w.SendAll([|all|]);")]
    public Task SentTwice_Reported(string statements) => Lifetimes.VerifyStatements("VMS2008", statements);

    [Theory]
    [InlineData("PageBuffer<int>[] all = [b, d]; b[0] = 1; w.SendAll(all);")]
    [InlineData("var all = new[] { b, d }; foreach (var x in all) { x[0] = 1; } w.SendAll(all);")]
    [InlineData("var all = new PageBuffer<int>[2]; for (int i = 0; i < 2; i++) { all[i] = w.Rent<int>(4); all[i][0] = 1; } w.SendAll(all);")]
    [InlineData("var all = new[] { b, d }; all[0] = w.Rent<int>(4); w.SendAll(all); b[0] = 1;")]
    [InlineData("Span<PageBuffer<int>> all = [b, d]; foreach (ref var x in all) { x = w.Rent<int>(3); } w.SendAll(all); b[0] = 1;")]
    [InlineData("var all = new[] { b, d }; Replace(all); w.SendAll(all); b[0] = 1; static void Replace(PageBuffer<int>[] a) { }")]
    [InlineData("PageBuffer<int>[] all = [b]; if (c) { all = [d]; } w.SendAll(all); b[0] = 1;")]
    [InlineData("while (n-- > 0) { var r = w.Rent<int>(8); r[0] = 1; PageBuffer<int>[] all = [r]; w.SendAll(all); }")]
    [InlineData("var r = w.Rent<int>(8); PageBuffer<int>[] all = [r]; w.SendAll(all); r = w.Rent<int>(8); r[0] = 1; w.Send(r);")]
    [InlineData("PageBuffer<int>[] both = [d]; PageBuffer<int>[] all = [b, .. both]; w.SendAll(all); d[0] = 1;")]
    public Task ListSentLast_Silent(string statements) => Lifetimes.VerifyStatements("VMS2001", statements);

    [Fact]
    public async Task UseAfterList_NamesTheLineThatSends()
    {
        AnalyzerResult result = await Lifetimes.ResultOfStatements("VMS2001", "PageBuffer<int>[] all = [b, d];\n{|#send:w.SendAll(all)|};\n[|b[0]|] = 1;");
        Assert.Contains("'b' was sent on line 19", result.Message, StringComparison.Ordinal);
    }
}
