using Microsoft.CodeAnalysis.CodeFixes;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Lifetime;
using Xunit;

namespace VmSplice.Analyzers.Tests.LifetimeFixes;

/// <summary>The fixes of VMS2009 and VMS2013, one at a time and all at once.</summary>
public sealed class LifetimeFixTests
{
    [Theory]
    [InlineData("var r = w.Rent<int>(8); r[0] = 1;", "using var r = w.Rent<int>(8); r[0] = 1;")]
    [InlineData("var r = w.Rent<int>(8); if (n > 3) w.Send(r);", "using var r = w.Rent<int>(8); if (n > 3) w.Send(r);")]
    [InlineData(
        "PageBuffer<int> r = w.Rent<int>(8); var s = PageBuffer<int>.Allocate(8); r.Span.CopyTo(s.Span);",
        "using PageBuffer<int> r = w.Rent<int>(8); using var s = PageBuffer<int>.Allocate(8); r.Span.CopyTo(s.Span);")]
    [InlineData(
        "for (int i = 0; i < n; i++) { var r = w.Rent<int>(8); if (i == 3) continue; w.Send(r); }",
        "for (int i = 0; i < n; i++) { using var r = w.Rent<int>(8); if (i == 3) continue; w.Send(r); }")]
    [InlineData(
        "PageBuffer<int> r = w.Rent<int>(8), s = w.Rent<int>(8); r[0] = s[0];",
        "using PageBuffer<int> r = w.Rent<int>(8), s = w.Rent<int>(8); r[0] = s[0];")]
    [InlineData("Action a = () => { var r = w.Rent<int>(8); r[0] = 1; }; a();", "Action a = () => { using var r = w.Rent<int>(8); r[0] = 1; }; a();")]
    [InlineData("var x = Tick.CreateWriter(w); x.Next().Time = n;", "using var x = Tick.CreateWriter(w); x.Next().Time = n;\n        x.Complete();")]
    [InlineData(
        "while (n > 3) { var y = new RecordWriter<Tick>(w); y.Write(new Tick()); break; }",
        "while (n > 3) { using var y = new RecordWriter<Tick>(w); y.Write(new Tick()); y.Complete(); break; }")]
    public Task Leaked_IsDeclaredWithUsing(string body, string expected) => VerifyAsync<UsingFix>(body, expected);

    [Theory]
    [InlineData("w.Rent<int>(8).Span.Clear();")]
    [InlineData("var r = w.Rent<int>(8); r = w.Rent<int>(4); w.Send(r);")]
    [InlineData("var r = w.Rent<int>(8); if (n > 3) _held = r;")]
    [InlineData("PageBuffer<int> r = w.Rent<int>(8), s = w.Rent<int>(8); r[0] = 1; _held = s;")]
    [InlineData("switch (n) { case 1: var r = w.Rent<int>(8); r[0] = 1; break; default: r = default; break; }")]
    [InlineData("var r = w.Rent<int>(8); if (n > 3) { Func<int> f = () => r.Length; _ = f(); }")]
    [InlineData("var x = Tick.CreateWriter(w); if (n > 3) x = Tick.CreateWriter(w);")]
    [InlineData("Tick.CreateWriter(w).Next().Time = 1;")]
    [InlineData("var x = Tick.CreateWriter(w); if (n > 3) x.Complete();")]
    [InlineData("var x = Tick.CreateWriter(w); if (n > 3) return; x.Next().Time = 1;")]
    [InlineData("while (true) { var x = Tick.CreateWriter(w); if (n > 3) break; x.Next().Time = 1; }")]
    public Task KeptOrReplaced_UsingIsNotOffered(string body) => NotOfferedAsync<UsingFix>(body);

    [Theory]
    [InlineData("w.Send(_held);", "w.Send(_held);\n        _held = default;")]
    [InlineData("if (c) w.Send(_held);", "if (c)\n        {\n            w.Send(_held);\n            _held = default;\n        }")]
    [InlineData("w.Gift(this._held);\n        w.Send(Auto);", "w.Gift(this._held);\n        _held = default;\n        w.Send(Auto);\n        Auto = default;")]
    [InlineData("w.Send(h.Buffer);", "w.Send(h.Buffer);\n        h.Buffer = default;")]
    [InlineData("_held = b;\n        w.Send(b);", "_held = b;\n        w.Send(b);\n        _held = default;")]
    [InlineData("switch (n) { case 1: w.Send(_held); break; }", "switch (n) { case 1: w.Send(_held); _held = default; break; }")]
    public Task StaysReachable_IsSetToDefault(string body, string expected) => VerifyAsync<ReplaceHolderFix>(body, expected);

    [Theory]
    [InlineData("_list.Add(b); w.Send(b);")]
    [InlineData("Changed += () => Console.WriteLine(b.Length); w.Send(b);")]
    public Task HeldElsewhere_DefaultIsNotOffered(string body) => NotOfferedAsync<ReplaceHolderFix>(body);

    private static CodeFixTestOptions Options { get; } = new() { Analyzer = AnalyzerTestOptions.Default };

    private static Task VerifyAsync<TFix>(string body, string expected)
        where TFix : CodeFixProvider, new()
        => CodeFixTest.VerifyAsync<LifetimeAnalyzer, TFix>(Subject(body), Subject(expected), Options);

    private static Task NotOfferedAsync<TFix>(string body)
        where TFix : CodeFixProvider, new()
        => CodeFixTest.VerifyNotOfferedAsync<LifetimeAnalyzer, TFix>(Subject(body), Options);

    private static string Subject(string body) => $$"""
        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        public class Holder { public PageBuffer<int> Buffer; }

        public unsafe class Subject
        {
            private readonly List<PageBuffer<int>> _list = [];
            private PageBuffer<int> _held;
            public PageBuffer<int> Auto { get; set; }
            public event Action? Changed;
            public int Count { get { Changed?.Invoke(); return _list.Count + _held.Length; } }
            public void M(SpliceWriter w, PageBuffer<int> b, bool c, int n, Stream stream, Holder h)
            {
                {{body}}
            }
        }
        """;
}
