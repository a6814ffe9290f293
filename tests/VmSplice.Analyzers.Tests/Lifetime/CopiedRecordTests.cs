using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>VMS2015: a record is copied out of the pipe, and the copy is filled.</summary>
public sealed class CopiedRecordTests
{
    private const string Id = "VMS2015";

    [Theory]
    [InlineData("Tick t = [|w.Next()|]; t.Price = 1;")]
    [InlineData("var t = [|w.Next()|]; t.Time = n; t.Price = 2;")]
    [InlineData("Tick t; t = [|w.Next()|]; t.Price = 1;")]
    [InlineData("Tick t = default; for (int i = 0; i < n; i++) { t = [|w.Next()|]; t.Time = i; }")]
    [InlineData("for (int i = 0; i < n; i++) { var t = [|w.Next()|]; t.Time += i; }")]
    [InlineData("Tick t = [|w.Next()|]; t.Time++;")]
    [InlineData("Tick t = ([|w.Next()|]); Fill(ref t);")]
    [InlineData("Tick t = [|w.Next()|]; t.Set(3);")]
    [InlineData("Tick t = [|w.Next()|]; ref double p = ref t.Price; p = 1;")]
    [InlineData("(Tick t, int k) = ([|w.Next()|], 1); t.Time = k;")]
    [InlineData("if ([|w.Next()|] is var t) { t.Time = 1; }")]
    [InlineData("_last = [|w.Next()|]; _last.Price = 2;")]
    [InlineData("_ = [|w.Next()|] with { Price = 2 };")]
    [InlineData("Tick t = [|w.Next()|]; Action a = () => t.Price = 1; a();")]
    [InlineData("Tick a = [|w.Next()|]; a.Inner.Value = 3;")]
    [InlineData("var s = w.GetSpan(2); Tick t = [|s[0]|]; t.Price = 1; w.Advance(1);")]
    [InlineData("var m = w.GetMemory(2); var t = [|m.Span[1]|]; t.Price = 1; w.Advance(2);")]
    [InlineData("var t = [|w.GetSpan(1)[0]|]; t.Price = 1; w.Advance(1);")]
    [InlineData("ref Tick slot = ref w.Next(); Tick t = [|slot|]; t.Price = 1;")]
    public Task FilledCopy_Reported(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("ref Tick t = ref w.Next(); t.Price = 1;")]
    [InlineData("ref var t = ref w.Next(); t = new Tick { Price = 1 };")]
    [InlineData("w.Next().Price = 1; w.Next() = new Tick { Time = 2 };")]
    [InlineData("Tick t = default; t.Price = 1; w.Write(t);")]
    [InlineData("Tick t = default; t.Price = 1; w.Next() = t;")]
    [InlineData("ref Tick slot = ref w.Next(); slot.Price = 1; Tick t = slot; t.Price = 2; w.Write(t);")]
    [InlineData("var s = w.GetSpan(2); Tick t = s[0]; t.Price = 1; s[0] = t; w.Advance(1);")]
    [InlineData("var s = w.GetSpan(2); ref Tick t = ref s[0]; t.Price = 1; w.Advance(1);")]
    [InlineData("var s = w.GetSpan(2); for (int i = 0; i < s.Length; i++) { s[i].Price = i; } w.Advance(2);")]
    [InlineData("foreach (ref Tick t in w.GetSpan(4)) { t.Price = 1; } w.Advance(4);")]
    [InlineData("Tick empty = w.Next(); n += (int)empty.Time;")]
    [InlineData("Tick t = w.Next(); t = new Tick { Price = 2 }; t.Time = 1; w.Write(t);")]
    [InlineData("var e = Enumerable.Range(0, 3).GetEnumerator(); e.MoveNext(); Tick t = new Tick(); t.Time = new Random().Next(); w.Write(t);")]
    [InlineData("Fill(ref w.Next()); w.Next().Set(3);")]
    [InlineData("scoped ref Tick t = ref w.Next(); t.Inner.Value = 3;")]
    [InlineData("Tick t; Fill2(out t); w.Write(in t);")]
    public Task ReferenceOrOwnRecord_Silent(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("Tick t = [|w.Next()|]; t.Price = 1;", "ref Tick t = ref w.Next(); t.Price = 1;")]
    [InlineData("/* next */ var t = [|w.Next()|]; t.Time = n;", "/* next */ ref var t = ref w.Next(); t.Time = n;")]
    [InlineData("var s = w.GetSpan(2); var t = [|s[0]|]; t.Time = 1; w.Advance(1);", "var s = w.GetSpan(2); ref var t = ref s[0]; t.Time = 1; w.Advance(1);")]
    public Task FilledCopy_IsDeclaredWithRef(string statements, string expected)
        => CodeFixTest.VerifyAsync<CopiedRecordAnalyzer, ReferToRecordFix>(
            Subject(Markup.Parse(statements, Id).Text), Subject(expected), new() { Analyzer = AnalyzerTestOptions.Default with { RunGenerator = true } });

    [Fact]
    public async Task Message_NamesTheVariableTheLineAndTheWayOut()
    {
        AnalyzerResult result = await VerifyAsync("Tick t = [|w.Next()|]; t.Price = 1;");
        Assert.Contains("'t' is a copy of the record that 'w.Next()' hands out", result.Diagnostics.Single().GetMessage(null), StringComparison.Ordinal);
        Assert.EndsWith("'ref Tick t = ref w.Next()'.", result.Diagnostics.Single().GetMessage(null), StringComparison.Ordinal);
    }

    private static Task<AnalyzerResult> VerifyAsync(string statements)
        => AnalyzerTest.VerifyAsync(Subject(statements), AnalyzerTestOptions.Default with { Id = Id, RunGenerator = true }, new CopiedRecordAnalyzer());

    private static string Subject(string statements) => $$"""
        [Spliceable]
        public partial struct Part { public long Value; }

        [Spliceable]
        public partial struct Tick
        {
            public long Time;
            public double Price;
            public Part Inner;
            public void Set(double price) => Price = price;
        }

        public class Feed
        {
            private Tick _last;
            private static void Fill(ref Tick t) => t.Price = 3;
            private static void Fill2(out Tick t) => t = default;
            public double Last => _last.Price;

            public void M(RecordWriter<Tick> w, int n)
            {
                {{statements}}
            }
        }
        """;
}
