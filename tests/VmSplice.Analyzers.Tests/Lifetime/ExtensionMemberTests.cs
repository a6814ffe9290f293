using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Members of extension blocks (C# 14): called on a value, or as the static method that the compiler makes of them.</summary>
public sealed class ExtensionMemberTests
{
    [Theory]
    [InlineData("extension(SpliceWriter w) { public void SendIt(PageBuffer<int> b) => w.Send(b); }", "w.SendIt(b); {|VMS2001:b[0]|} = 1;")]
    [InlineData("extension(SpliceWriter w) { public void SendIt(PageBuffer<int> b) => w.Send(b); }", "E.SendIt(w, b); {|VMS2001:b[0]|} = 1;")]
    [InlineData("extension(SpliceWriter w) { public void SendIt<T>(PageBuffer<T> b) where T : unmanaged => w.Send(b); }", "w.SendIt(b); {|VMS2001:b[0]|} = 1;")]
    [InlineData("extension(PageBuffer<int> b) { public void SendTo(SpliceWriter w) => w.Send(b); }", "b.SendTo(w); {|VMS2001:b[0]|} = 1;")]
    [InlineData("extension<T>(PageBuffer<T> b) where T : unmanaged { public void SendTo(SpliceWriter w) => w.Send(b); }", "b.SendTo(w); {|VMS2001:b[0]|} = 1;")]
    [InlineData(
        """
        extension<T>(PageBuffer<T> b) where T : unmanaged
        {
            public void SendTo(SpliceWriter w) => w.Send(b);
        }
        """,
        "E.SendTo(b, w); {|VMS2001:b[0]|} = 1;")]
    [InlineData(
        """
        extension(PageBuffer<int>)
        {
            public static void SendTo(PageBuffer<int> b, SpliceWriter w) => w.Send(b);
        }
        """,
        "PageBuffer<int>.SendTo(b, w); {|VMS2001:b[0]|} = 1;")]
    [InlineData(
        """
        extension(PageBuffer<int> b)
        {
            public void Outer(SpliceWriter w) => b.Inner(w);
            public void Inner(SpliceWriter w) => w.Send(b);
        }
        """,
        "b.Outer(w); {|VMS2001:b[0]|} = 1;")]
    [InlineData("extension([Consumes] PageBuffer<int> b) { public void SendTo(SpliceWriter w) => w.Send(b); }", "b.SendTo(w); {|VMS2001:b[0]|} = 1;")]
    [InlineData("extension(PageBuffer<int> b) { public Span<int> View => b.Span; }", "var s = b.View; w.Send(b); {|VMS2001:s[0]|} = 1;")]
    [InlineData("extension(PageBuffer<int> b) { public Span<int> View() => b.Span; }", "var s = b.View(); w.Send(b); {|VMS2001:s[0]|} = 1;")]
    [InlineData("extension(PageBuffer<int> b) { public void Zero() => b.Span.Clear(); }", "w.Send(b); {|VMS2001:b|}.Zero();")]
    [InlineData("extension(PageBuffer<int> b) { public int Total => b[0]; }", "w.Send(b); _ = {|VMS2002:b.Total|};")]
    [InlineData("extension(Span<int> s) { public void Zero() => s.Clear(); }", "var s = b.Span; w.Send(b); {|VMS2001:s|}.Zero();")]
    [InlineData(
        """
        extension(SpliceWriter w) { public PageBuffer<int> Make() => w.Rent<int>(3); }
        """,
        "w.Send(b); var d = w.Make(); w.Send(d); {|VMS2001:d[0]|} = 1;")]
    [InlineData("extension(PageBuffer<int> b) { public void Twice(SpliceWriter w) { w.Send(b); {|VMS2001:b[0]|} = 1; } }", "b.Twice(w);")]
    [InlineData("extension({|VMS2011:[Borrows] PageBuffer<int> b|}) { public void SendTo(SpliceWriter w) => w.Send(b); }", "w.Send(b);")]
    public Task Misuse_IsFound(string members, string body) => AnalyzerTest.VerifyAsync<LifetimeAnalyzer>(Source(members, body));

    [Theory]
    [InlineData("extension(SpliceWriter w) { public void SendIt(PageBuffer<int> b) => w.Send(b); }", "b[0] = 1; w.SendIt(b);")]
    [InlineData("extension(SpliceWriter w) { public void SendIt(PageBuffer<int> b) => w.Send(b); }", "b[0] = 1; E.SendIt(w, b);")]
    [InlineData("extension(PageBuffer<int> b) { public void SendTo(SpliceWriter w) => w.Send(b); }", "b[0] = 1; b.SendTo(w);")]
    [InlineData(
        """
        extension<T>(PageBuffer<T> b) where T : unmanaged
        {
            public void SendTo(SpliceWriter w) => w.Send(b);
        }
        """,
        """
        while (b.Length > w.Capacity)
        {
            var d = w.Rent<int>(1);
            d[0] = 1;
            d.SendTo(w);
        }
        b.SendTo(w);
        """)]
    [InlineData("extension([Consumes] PageBuffer<int> b) { public void SendTo(SpliceWriter w) => w.Send(b); }", "b.SendTo(w);")]
    [InlineData("extension(PageBuffer<int> b) { public int Total => b.Length; }", "b[0] = b.Total; w.Send(b);")]
    [InlineData("extension(PageBuffer<int> b) { public void Look() => _ = b[0]; }", "b.Look(); b[0] = 2; w.Send(b);")]
    [InlineData("extension(Span<int> s) { public void Zero() => s.Clear(); }", "b.Span.Zero(); w.Send(b);")]
    [InlineData("extension(SpliceWriter w) { public PageBuffer<int> Make() => w.Rent<int>(3); }", "w.Send(b); var d = w.Make(); d[0] = 1; w.Send(d);")]
    [InlineData("extension(PageBuffer<int> b) { public Span<int> View => b.Span; }", "b.View[0] = 1; w.Send(b);")]
    public Task Correct_IsSilent(string members, string body) => AnalyzerTest.VerifyAsync<LifetimeAnalyzer>(Source(members, body));

    private static string Source(string members, string body)
        => $"static class E {{ {members} }} class P {{ static void M(SpliceWriter w) {{ var b = w.Rent<int>(4); {body} }} }}";
}
