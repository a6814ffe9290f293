using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Annotations, the additional file, summaries, lambdas; VMS2010 and VMS2011.</summary>
public sealed class AcrossMethodsTests
{
    [Theory]
    [InlineData("VMS2001", "Fill(b); w.Send(b); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "w.Send(b); Fill([|b|]);")]
    [InlineData("VMS2001", "var s = b.Span; w.Send(b); FillSpan([|s|]);")]
    [InlineData("VMS2001", "var s = First(b); w.Send(b); [|s[0]|] = 1;")]
    [InlineData("VMS2001", "ref int r = ref Element(b.Span); w.Send(b); [|r|] = 1;")]
    [InlineData("VMS2001", "var e = Same(b); w.Send(e); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "Pass(w, b); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "Taker.Take(b); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "w.Send(b); Taker.Scribble([|b|]);")]
    [InlineData("VMS2002", "w.Send(b); n = Sum([|b|]);")]
    [InlineData("VMS2002", "w.Send(b); Taker.Look([|b|]);")]
    [InlineData("VMS2002", "End(b); n = [|b[0]|];")]
    [InlineData("VMS2008", "Give(w, b); w.Send([|b|]);")]
    [InlineData("VMS2008", "w.Send(b); Give(w, [|b|]);")]
    [InlineData("VMS2008", "Taker.Take(b); Taker.Take([|b|]);")]
    [InlineData("VMS2004", "GiveIf(w, b, n > 3); [|b[0]|] = 1;")]
    [InlineData("VMS2004", "Task.Run(() => w.Send(b)); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "w.Send(b); Task.Run(() => { [|b[0]|] = 1; });")]
    [InlineData("VMS2001", "Action a = () => { [|b[0]|] = 1; }; w.Send(b); a();")]
    [InlineData("VMS2001", "Action<PageBuffer<int>> a = x => w.Send(x); a(b); [|b[0]|] = 1;")]
    [InlineData("VMS2013", "var r = [|Make(w)|]; r[0] = 1;")]
    public Task Misuse_Reported(string id, string statements) => Verify(id, statements);

    [Theory]
    [InlineData("Fill(b); n = Sum(b); Fill(b); w.Send(b);")]
    [InlineData("FillSpan(b.Span); var s = First(b); s[0] = 1; w.Send(b);")]
    [InlineData("Give(w, b);")]
    [InlineData("Taker.Look(b); Taker.Scribble(b); Taker.Take(b);")]
    [InlineData("var r = Make(w); r[0] = 1; w.Send(r);")]
    [InlineData("Recurse(w, b, n); ")]
    [InlineData("Action a = () => { b[0] = 1; }; a(); w.Send(b);")]
    [InlineData("void Local(PageBuffer<int> x) { x[0] = 1; w.Send(x); } Local(b);")]
    [InlineData("End(b); b.Dispose();")]
    [InlineData("foreach (int x in Enumerable.Range(0, 3)) { var r = Make(w); Give(w, r); }")]
    [InlineData("n = new[] { 1, 2 }.Select(x => x + b.Length).Sum(); w.Send(b);")]
    public Task Right_Silent(string statements) => Verify("VMS2001", statements);

    [Theory]
    [InlineData("sink.Take([|b|]);")]
    [InlineData("sink.Virtual([|b|]);")]
    [InlineData("give([|b|]);")]
    [InlineData("Action<SpliceWriter, PageBuffer<int>> other = (x, y) => give([|y|]); other(w, b);")]
    [InlineData("Action<PageBuffer<int>> other = give; other([|b|]);")]
    [InlineData("if (n > 3) { sink.Take([|b|]); return; } w.Send(b);")]
    [InlineData("void Local(PageBuffer<int> x) { sink.Take([|x|]); } Local(b);")]
    [InlineData("var r = w.Rent<int>(3); sink.Take([|r|]); r[0] = 1;")]
    public Task UnknownCallee_Reported(string statements) => Verify("VMS2010", statements);

    [Theory]
    [InlineData("act([|b|]);",
        "nobody can annotate the parameter of 'Action<PageBuffer<int>>'; declare a delegate of your own whose parameter has [Consumes], [Borrows] or [Writes]")]
    [InlineData("own([|b|]);", "annotate its parameter 'given' with [Consumes], [Borrows] or [Writes]")]
    [InlineData("sink.Take([|b|]);", "annotate its parameter 'taken' with [Consumes], [Borrows] or [Writes]")]
    [InlineData("pointer([|b|]);", "call a method or a delegate whose parameter has [Consumes], [Borrows] or [Writes]")]
    public async Task UnknownCallee_MessageSaysWhereItCanBeSaid(string statement, string wayOut)
    {
        AnalyzerResult result = await AnalyzerTest.VerifyAsync(
            $$"""
            public interface ISink { void Take(PageBuffer<int> taken); }
            public delegate void Own(PageBuffer<int> given);
            public unsafe class Subject
            {
                public void M(Action<PageBuffer<int>> act, Own own, ISink sink, delegate*<PageBuffer<int>, void> pointer, PageBuffer<int> b)
                {
                    {{statement}}
                }
            }
            """,
            new AnalyzerTestOptions { Id = "VMS2010", RunGenerator = false },
            new LifetimeAnalyzer());
        Assert.EndsWith(": " + wayOut, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task DelegateOfOnesOwn_SaysWhatItDoes()
        => Lifetimes.Verify("VMS2010", """
            public delegate void Use([Borrows] PageBuffer<int> buffer);
            public class Subject
            {
                public void M(Use use, PageBuffer<int> b, SpliceWriter w) { use(b); b[0] = 1; w.Send(b); }
            }
            """);

    [Theory]
    [InlineData("VMS2001", "Even(w, b, n); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "Odd(w, b, n); [|b[0]|] = 1;")]
    [InlineData("VMS2008", "Even(w, b, n); w.Send([|b|]);")]
    [InlineData("VMS2008", "w.Send(b); Odd(w, [|b|], n);")]
    [InlineData("VMS2004", "One(w, b, n); [|b[0]|] = 1;")]
    [InlineData("VMS2004", "Three(w, b, n); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "w.Send(b); FillEven([|b|], n);")]
    [InlineData("VMS2001", "var s = Ping(b.Span, n); w.Send(b); [|s[0]|] = 1;")]
    [InlineData("VMS2013", "var r = [|w.Rent<int>(4)|]; FillOdd(r, n);")]
    [InlineData("-", "b[0] = 1; Even(w, b, n);")]
    [InlineData("-", "FillEven(b, n); FillOdd(b, n); w.Send(b);")]
    [InlineData("-", "var s = Ping(b.Span, n); s[0] = 1; w.Send(b);")]
    [InlineData("-", "if (n > 3) { Forever(b); } w.Send(b);")]
    public Task CalleesInACircle_AreKnown(string id, string statements) => Lifetimes.Verify(id, $$"""
        public class Subject
        {
            private static void Even(SpliceWriter w, PageBuffer<int> b, int n) { if (n > 0) { Odd(w, b, n - 1); } else { w.Send(b); } }
            private static void Odd(SpliceWriter w, PageBuffer<int> b, int n) { if (n > 0) { Even(w, b, n - 1); } else { w.Send(b); } }
            private static void One(SpliceWriter w, PageBuffer<int> b, int n) { if (n > 9) { Two(w, b, n); } else if (n > 5) { Three(w, b, n); } }
            private static void Two(SpliceWriter w, PageBuffer<int> b, int n) { if (n > 7) { Three(w, b, n); } else { One(w, b, n); } }
            private static void Three(SpliceWriter w, PageBuffer<int> b, int n)
            {
                if (n > 6) { One(w, b, n - 1); }
                else if (n > 4) { Two(w, b, n - 1); }
                else { w.Send(b); }
            }
            private static void FillEven(PageBuffer<int> b, int n) { b[n] = 1; if (n > 0) { FillOdd(b, n - 1); } }
            private static void FillOdd(PageBuffer<int> b, int n) { b[n] = 2; if (n > 0) { FillEven(b, n - 1); } }
            private static Span<int> Ping(Span<int> s, int n) => n > 0 ? Pong(s[1..], n - 1) : s;
            private static Span<int> Pong(Span<int> s, int n) => n > 0 ? Ping(s[1..], n - 1) : s;
            private static void Forever(PageBuffer<int> b) { b[0]++; Again(b); }
            private static void Again(PageBuffer<int> b) { Forever(b); }
            public void M(SpliceWriter w, PageBuffer<int> b, int n) { {{statements}} }
        }
        """);

    /// <summary>Each calls all others: gone through as far as the bound lets, and silent beyond.</summary>
    [Fact]
    public Task TangleOfCallees_EndsSoon()
    {
        int[] all = [.. Enumerable.Range(0, 12)];
        string Calls(int i) => string.Concat(all.Select(k => $"if (n == {k}) {{ M{k}(w, b, n + {i}); }} "));
        return Lifetimes.Verify("-", $$"""
            public class Subject
            {
                {{string.Concat(all.Select(i => $"public static void M{i}(SpliceWriter w, [Borrows] PageBuffer<int> b, int n) {{ {Calls(i)} }}\n"))}}
            }
            """);
    }

    [Theory]
    [InlineData("VMS2001", "Down(w, b, n); [|b[0]|] = 1;")]
    [InlineData("VMS2008", "Down(w, b, n); w.Send([|b|]);")]
    [InlineData("VMS2008", "w.Send(b); Down(w, [|b|], n);")]
    [InlineData("VMS2004", "Perhaps(w, b, n); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "w.Send(b); FillFrom([|b|], n);")]
    [InlineData("VMS2001", "var s = Tail(b.Span, n); w.Send(b); [|s[0]|] = 1;")]
    [InlineData("-", "b[0] = 1; Down(w, b, n);")]
    [InlineData("-", "FillFrom(b, n); w.Send(b);")]
    [InlineData("-", "FillFrom(b, n); n = b[0]; Down(w, b, n);")]
    public Task RecursiveCallee_IsKnown(string id, string statements) => Lifetimes.Verify(id, $$"""
        public class Subject
        {
            private static void Down(SpliceWriter w, PageBuffer<int> b, int n) { if (n > 0) { Down(w, b, n - 1); return; } w.Send(b); }
            private static void Perhaps(SpliceWriter w, PageBuffer<int> b, int n) { if (n > 5) { Perhaps(w, b, n - 1); } else if (n > 3) { w.Send(b); } }
            private static void FillFrom(PageBuffer<int> b, int n) { b[n] = 1; if (n > 0) { FillFrom(b, n - 1); } }
            private static Span<int> Tail(Span<int> s, int n) => n > 0 ? Tail(s[1..], n - 1) : s;
            public void M(SpliceWriter w, PageBuffer<int> b, int n) { {{statements}} }
        }
        """);

    [Theory]
    [InlineData("Taker.Take(b);")]
    [InlineData("Taker.Look(b); w.Send(b);")]
    [InlineData("sink.TakeAnnotated(b);")]
    [InlineData("n = Sum(b);")]
    [InlineData("new List<PageBuffer<int>>().Add(b);")]
    [InlineData("Console.WriteLine(b);")]
    [InlineData("GC.KeepAlive(b); w.Send(b);")]
    public Task KnownCallee_Silent(string statements) => Verify("VMS2010", statements);

    [Theory]
    [InlineData("void M([|[Borrows] PageBuffer<int> b|], SpliceWriter w) { w.Send(b); }")]
    [InlineData("void M([|[Borrows] PageBuffer<int> b|], SpliceWriter w) { b.Dispose(); }")]
    [InlineData("void M([|[Borrows] PageBuffer<int> b|], SpliceWriter w) { _kept = b; }")]
    [InlineData("void M([|[Writes] PageBuffer<int> b|], SpliceWriter w) { b[0] = 1; w.Gift(b); }")]
    [InlineData("void M([|[Consumes] PageBuffer<int> b|], SpliceWriter w) { b[0] = 1; }")]
    [InlineData("void M([|[Consumes] PageBuffer<int> b|], SpliceWriter w, bool c) { if (c) w.Send(b); }")]
    [InlineData("void M([|[Borrows] PageBuffer<int> b|], SpliceWriter w, bool c) { if (c) b.Freeze().Dispose(); }")]
    [InlineData("bool M([|[Consumes] PageBuffer<int> b|], SpliceWriter w) { try { w.Send(b); return true; } catch (ArgumentException) { return false; } }")]
    [InlineData(
        """
        bool M([|[Consumes] PageBuffer<int> b|], SpliceWriter w)
        {
            try
            {
                Console.WriteLine();
                w.Send(b);
                return true;
            }
            catch (IOException) { return false; }
        }
        """)]
    [InlineData(
        """
        bool M([|[Consumes] PageBuffer<int> b|], SpliceWriter w)
        {
            try { Pass(w, b); return true; }
            catch (IOException) { return false; }
        }
        static void Pass(SpliceWriter w, PageBuffer<int> b) { File.Delete("x"); w.Send(b); }
        """)]
    public Task Contradiction_Reported(string method) => Lifetimes.Verify("VMS2011", Annotated(method));

    [Theory]
    [InlineData("int M([Borrows] PageBuffer<int> b, SpliceWriter w) => b.Length;")]
    [InlineData("void M([Borrows] PageBuffer<int> b, SpliceWriter w) { w.Write<int>(b.Span); }")]
    [InlineData("void M([Writes] PageBuffer<int> b, SpliceWriter w) { b.Span.Clear(); }")]
    [InlineData("void M([Consumes] PageBuffer<int> b, SpliceWriter w) { w.Send(b); }")]
    [InlineData("void M([Consumes] PageBuffer<int> b, SpliceWriter w) { using (b) { b[0] = 1; } }")]
    [InlineData("void M([Consumes] PageBuffer<int> b, SpliceWriter w) { _kept = b; }")]
    [InlineData("void M([Consumes] PageBuffer<int> b, SpliceWriter w, bool c) { if (c) throw new IOException(); w.Send(b); }")]
    [InlineData(
        """
        bool M([Consumes] PageBuffer<int> b, SpliceWriter w) => Try(w, b);
        static bool Try(SpliceWriter w, PageBuffer<int> b)
        {
            try { w.Send(b); return true; }
            catch (IOException) { return false; }
        }
        """)]
    [InlineData(
        """
        bool M([Consumes] PageBuffer<int> b, SpliceWriter w)
        {
            try { Pass(w, b); return true; }
            catch (IOException) { return false; }
        }
        static void Pass(SpliceWriter w, PageBuffer<int> b)
        {
            ArgumentNullException.ThrowIfNull(w);
            w.Send(b);
        }
        """)]
    [InlineData(
        """
        bool M([Consumes] PageBuffer<int> b, SpliceWriter w)
        {
            try { Twice(w, b); return true; }
            catch (IOException) { return false; }
        }
        static void Twice(SpliceWriter w, PageBuffer<int> b) => Pass(w, b);
        static void Pass(SpliceWriter w, PageBuffer<int> b) => w.Send(b);
        """)]
    [InlineData(
        """
        async Task<bool> M([Consumes] PageBuffer<int> b, SpliceWriter w)
        {
            try { await Pass(w, b); return true; }
            catch (IOException) { return false; }
        }
        static async Task Pass(SpliceWriter w, PageBuffer<int> b) { await w.SendAsync(b); }
        """)]
    public Task Agreement_Silent(string method) => Lifetimes.Verify("VMS2011", Annotated(method));

    [Theory]
    [InlineData("Contoso.Sender.Ship buffer consumes", "VMS2001", "s.Ship(b); [|b[0]|] = 1;")]
    [InlineData("Contoso.Sender.Ship buffer consumes # by hand", "VMS2008", "s.Ship(b); w.Send([|b|]);")]
    [InlineData("Contoso.Sender.Ship\tbuffer\tConsumes", "VMS2002", "s.Ship(b); n = [|b[0]|];")]
    [InlineData("Contoso.Sender.Ship buffer writes", "VMS2001", "w.Send(b); s.Ship([|b|]);")]
    [InlineData("Contoso.Sender.Ship buffer borrows", "VMS2002", "w.Send(b); s.Ship([|b|]);")]
    [InlineData("Contoso.Sender.Ship buffer borrows", "VMS2001", "s.Ship(b); b[0] = 1; w.Send(b);")]
    [InlineData("# nothing\nContoso.Sender.Ship buffer eats", "VMS2010", "s.Ship([|b|]); b[0] = 1;")]
    [InlineData("Contoso.Sender.Ship other consumes", "VMS2010", "s.Ship([|b|]);")]
    public Task FactsInFile_Used(string facts, string id, string statements) => Lifetimes.Verify(
        id,
        $$"""
        namespace Contoso
        {
            public abstract class Sender { public abstract void Ship(PageBuffer<int> buffer); }
        }

        public class Subject
        {
            public void M(Contoso.Sender s, SpliceWriter w, PageBuffer<int> b, int n) { {{statements}} }
        }
        """,
        new() { AdditionalFiles = [("/test/VmSplice.Ownership.txt", facts)] });

    private static string Annotated(string method) => $$"""
        public class Subject
        {
            private PageBuffer<int> _kept;
            public int Length => _kept.Length;
            public {{method}}
        }
        """;

    private static Task Verify(string id, string statements) => Lifetimes.Verify(id, $$"""
        public interface ISink { void Take(PageBuffer<int> buffer); void TakeAnnotated([Consumes] PageBuffer<int> buffer); }
        public abstract class Sink : ISink
        {
            public abstract void Take(PageBuffer<int> buffer);
            public abstract void TakeAnnotated([Consumes] PageBuffer<int> buffer);
            public virtual void Virtual(PageBuffer<int> buffer) { }
        }

        public abstract class Taker
        {
            public static Taker Instance { get; } = null!;
            public abstract void TakeIt([Consumes] PageBuffer<int> b);
            public static void Take([Consumes] PageBuffer<int> b) => Instance.TakeIt(b);
            public static void Look([Borrows] PageBuffer<int> b) => Console.WriteLine(b.Length);
            public static void Scribble([Writes] PageBuffer<int> b) => b.Span.Clear();
        }

        public static class Generic { public static void Take(ISink sink, PageBuffer<int> b) { } public static void Take<T>(T sink, T b) { } }

        public class Subject
        {
            private static void Fill(PageBuffer<int> b) { b.Span.Fill(1); }
            private static void FillSpan(Span<int> s) { s[0] = 1; }
            private static int Sum(PageBuffer<int> b) { int sum = 0; foreach (int x in b.Span) sum += x; return sum; }
            private static Span<int> First(PageBuffer<int> b) => b.Span.Slice(0, 1);
            private static ref int Element(Span<int> s) => ref s[0];
            private static T Same<T>(T x) => x;
            private static void Give<T>(SpliceWriter w, PageBuffer<T> b) where T : unmanaged { w.Send(b); }
            private static void Pass<T>(SpliceWriter w, PageBuffer<T> b) where T : unmanaged => Give(w, b);
            private static void GiveIf(SpliceWriter w, PageBuffer<int> b, bool c) { if (c) w.Send(b); }
            private static void End(PageBuffer<int> b) { b.Dispose(); }
            private static PageBuffer<int> Make(SpliceWriter w) { var r = w.Rent<int>(8); r.Span.Clear(); return r; }
            private static void Recurse(SpliceWriter w, [Consumes] PageBuffer<int> b, int n) { if (n > 0) Recurse(w, b, n - 1); else w.Send(b); }

            public void M(SpliceWriter w, PageBuffer<int> b, int n, Sink sink, Action<PageBuffer<int>> give)
            {
                {{statements}}
            }
        }
        """);
}
