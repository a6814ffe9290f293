using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Frozen pages that methods in source are given, or keep in fields: they may be used as often as anybody likes.</summary>
public sealed class FrozenCalleeTests
{
    [Theory]
    [InlineData("using var f = b.Freeze(); Send(w, f); Send(w, f);")]
    [InlineData("using var f = b.Freeze(); Gather(w, f); w.Send(f);")]
    [InlineData("using var f = b.Freeze(); n = Sum(f); n = Annotated(f); n = Sum(f);")]
    [InlineData("using var f = b.Freeze(); Pass(w, f); Pass(w, f);")]
    [InlineData("using var f = PageBuffer<int>.Allocate(8).Freeze(); Send(w, f);")]
    [InlineData("var f = b.Freeze(); Send(w, f); End(f);")]
    [InlineData("using var f = b.Freeze(); Perhaps(w, f, n); w.Send(f);")]
    [InlineData("using var f = Made(b); Send(w, f); n = f.Length;")]
    [InlineData("SendField(w); SendField(w); w.Send(_field);")]
    [InlineData("_field = b.Freeze(); SendField(w); SendField(w);")]
    public Task Right_Silent(string statements) => Verify("VMS2001", statements);

    [Theory]
    [InlineData("VMS2002", "var f = b.Freeze(); End(f); w.Send([|f|]);")]
    [InlineData("VMS2002", "var f = b.Freeze(); End(f); n = Sum([|f|]);")]
    [InlineData("VMS2012", "var s = b.Span; using var f = b.Freeze(); Send(w, f); [|s[0]|] = 1;")]
    [InlineData("VMS2012", "using var f = Made(b); [|b[0]|] = 1;")]
    public Task Misuse_Reported(string id, string statements) => Verify(id, statements);

    [Theory]
    [InlineData("void M([|[Borrows] FrozenPages<int> f|]) { f.Dispose(); }")]
    [InlineData("void M([|[Borrows] PageBuffer<int> b|]) { b.Freeze().Dispose(); }")]
    public Task Contradiction_Reported(string method) => Lifetimes.Verify("VMS2011", $"public class Subject {{ public {method} }}");

    /// <summary>Frozen pages stay valid after a send; who takes them over may keep them.</summary>
    [Fact]
    public Task ConsumedPagesThatAreSent_NoContradiction()
        => Lifetimes.Verify("VMS2011", "public class Subject { public void M([Consumes] FrozenPages<int> f, SpliceWriter w) { w.Send(f); } }");

    private static Task Verify(string id, string statements) => Lifetimes.Verify(id, $$"""
        public class Subject
        {
            private FrozenPages<int> _field = PageBuffer<int>.Allocate(8).Freeze();
            private static void Send(SpliceWriter w, FrozenPages<int> f) { w.Send(f); }
            private static void Pass(SpliceWriter w, FrozenPages<int> f) => Send(w, f);
            private static void Perhaps(SpliceWriter w, FrozenPages<int> f, int n) { if (n > 3) { w.Send(f); } }
            private static void Gather(SpliceWriter w, FrozenPages<int> f) { using SpliceGather g = w.CreateGather(); g.Add(f); g.Send(); }
            private static int Sum(FrozenPages<int> f) { int sum = 0; foreach (int x in f.Span) { sum += x; } return sum; }
            private static int Annotated([Borrows] FrozenPages<int> f) => f.Length;
            private static void End(FrozenPages<int> f) { f.Dispose(); }
            private static FrozenPages<int> Made(PageBuffer<int> b) => b.Freeze();
            private void SendField(SpliceWriter w) { w.Send(_field); }
            public void M(SpliceWriter w, PageBuffer<int> b, int n) { {{statements}} }
        }
        """);
}
