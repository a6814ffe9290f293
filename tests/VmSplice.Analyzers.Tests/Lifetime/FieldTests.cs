using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Buffers in fields, properties and holders: VMS2001 and VMS2004 through them, and VMS2009.</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData("public void M(SpliceWriter w) { w.Send(_b); [|_b[0]|] = 1; _b = default; }")]
    [InlineData("public void M(SpliceWriter w) { var b = _b; w.Send(b); [|_b[0]|] = 1; _b = default; }")]
    [InlineData("public void M(SpliceWriter w) { var s = _b.Span; w.Send(_b); _b = default; [|s[0]|] = 1; }")]
    [InlineData("public void M(SpliceWriter w) { w.Send(Auto); [|Auto[0]|] = 1; Auto = default; }")]
    [InlineData("public void M(SpliceWriter w) { w.Send(s_b); [|s_b[0]|] = 1; s_b = default; }")]
    [InlineData("public void M(SpliceWriter w) { Give(w); [|_b[0]|] = 1; _b = default; } private void Give(SpliceWriter w) { w.Send(_b); }")]
    [InlineData("public void M(SpliceWriter w, Holder h) { w.Send(h.Buffer); [|h.Buffer[0]|] = 1; }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { var h = new Holder { Buffer = b }; w.Send(b); [|h.Buffer[0]|] = 1; }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { Holder h; h.Buffer = b; var k = h; w.Send(k.Buffer); [|h.Buffer[0]|] = 1; }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { var k = new Keeper(b); w.Send(b); [|k.Buffer[0]|] = 1; }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { var k = new Keeper(b); w.Send(k.Buffer); [|b[0]|] = 1; }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { var k = new Pair(b, 3); w.Send(b); [|k.Buffer[0]|] = 1; }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { var k = new Captor(b); k.Give(w); [|b[0]|] = 1; }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { w.Send(b); var k = new Captor(b); k.Give(w); }", "VMS2008", "k.Give(w)")]
    [InlineData("public void M(SpliceWriter w) { w.Send(_b); var k = new Subject(); [|_b[0]|] = 1; _b = default; }")]
    public Task WrittenThroughField_Reported(string members, string id = "VMS2001", string? span = null)
        => Verify(id, span is null ? members : members.Replace(span, "[|" + span + "|]", StringComparison.Ordinal));

    [Theory]
    [InlineData("public void M(SpliceWriter w) { _b[0] = 1; w.Send(_b); _b = default; }")]
    [InlineData("public void M(SpliceWriter w) { w.Send(_b); _b = w.Rent<int>(4); _b[0] = 1; }")]
    [InlineData("public void M(SpliceWriter w) { if (_b.Length > 3) { w.Send(_b); _b = w.Rent<int>(4); } _b[0] = 1; }")]
    [InlineData("public void M(SpliceWriter w) { Swap(w); _b[0] = 1; } private void Swap(SpliceWriter w) { w.Send(_b); _b = w.Rent<int>(4); }")]
    [InlineData("public void M(SpliceWriter w) { w.Send(_b); Renew(w); _b[0] = 1; } private void Renew(SpliceWriter w) { _b = w.Rent<int>(4); }")]
    [InlineData(
        """
        public void M(SpliceWriter w) { Full(w)[0] = 1; }
        private PageBuffer<int> Full(SpliceWriter w)
        {
            if (_b.Length == 0) { w.Send(_b); _b = w.Rent<int>(4); }
            return _b;
        }
        """)]
    [InlineData("public void M(SpliceWriter w, Holder h, Holder k) { w.Send(h.Buffer); k.Buffer[0] = 1; }")]
    [InlineData("public void M(SpliceWriter w) { w.Send(_b); (_b, Auto) = (Auto, w.Rent<int>(3)); _b[0] = 1; }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b, PageBuffer<int> d) { var k = new Keeper(b); w.Send(d); k.Buffer[0] = 1; w.Send(b); }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { var k = new Pair(b, 3); k.Buffer[0] = k.Used; w.Send(k.Buffer); }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { var k = new Captor(b); k.Fill(); k.Give(w); }")]
    [InlineData("public void M(SpliceWriter w, List<Pair> all) { all.Add(new Pair(w.Rent<int>(4), 3)); }")]
    public Task Replaced_Silent(string members) => Verify("VMS2001", members);

    [Theory]
    [InlineData("public void M(SpliceWriter w) { [|w.Send(_b)|]; }", "_b")]
    [InlineData("public void M(SpliceWriter w) { w.Gift([|Auto|]); }", null)]
    [InlineData("public void M(SpliceWriter w) { w.Send([|s_b|]); }", null)]
    [InlineData("public void M(SpliceWriter w, bool c) { if (c) w.Send([|_b|]); }", null)]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { _b = b; w.Send([|b|]); }", null)]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { _list.Add(b); w.Send([|b|]); }", null)]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { Changed += () => Console.WriteLine(b.Length); w.Send([|b|]); }", null)]
    [InlineData("public void M(SpliceWriter w, ref PageBuffer<int> b) { w.Send([|b|]); }", null)]
    [InlineData("public void M(SpliceWriter w) { [|Give(w)|]; } private void Give(SpliceWriter w) { w.Send(_b); }", "")]
    [InlineData(
        """
        public void M(SpliceWriter w) { [|Give(w)|]; }
        private void Give(SpliceWriter w) { Really(w); }
        private void Really(SpliceWriter w) { w.Send(_b); }
        """,
        "")]
    [InlineData("public void Dispose(SpliceWriter w) { w.Send([|_b|]); }", null)]
    [InlineData("public void Close(SpliceWriter w) { _b[0] = 1; w.Send([|_b|]); }", null)]
    [InlineData(
        """
        public interface ISend { void Now(SpliceWriter w); }
        public class Explicit : ISend
        {
            private PageBuffer<int> _own = PageBuffer<int>.Allocate(3);
            void ISend.Now(SpliceWriter w) { w.Send([|_own|]); }
        }
        """,
        null)]
    public Task StaysReachable_Reported(string members, string? argument) => Verify(
        "VMS2009",
        argument is null or "" ? members : members.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)
            .Replace($"({argument})", $"([|{argument}|])", StringComparison.Ordinal));

    [Theory]
    [InlineData("public void M(SpliceWriter w) { w.Send(_b); _b = default; }")]
    [InlineData("public void M(SpliceWriter w) { var b = _b; _b = default; w.Send(b); }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { w.Send(b); }")]
    [InlineData("public void Dispose(SpliceWriter w) { w.Send(_b); _b = default; }")]
    [InlineData("private bool _done; public void Dispose(SpliceWriter w) { if (_done) { return; } _done = true; w.Send(_b); }")]
    [InlineData("public void Dispose(SpliceWriter w) { if (_b.State == PageBufferState.Owned) { w.Send(_b); } }")]
    [InlineData(
        """
        public void M(SpliceWriter w) { Give(w); Renew(w); }
        private void Give(SpliceWriter w) { w.Send(_b); }
        private void Renew(SpliceWriter w) { _b = w.Rent<int>(3); }
        """)]
    [InlineData("public void M(SpliceWriter w) { Give(w); } private void Give(SpliceWriter w) { w.Send(_b); _b = w.Rent<int>(3); }")]
    [InlineData("public void M(SpliceWriter w, bool c) { if (c) { w.Send(_b); _b = w.Rent<int>(3); } }")]
    [InlineData("public void M(SpliceWriter w) { Give(w); _b = default; } private void Give(SpliceWriter w) { w.Send(_b); }")]
    [InlineData("public void M(SpliceWriter w) { _b.Dispose(); }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b, List<int> n) { n.ForEach(i => b[i] = i); w.Send(b); }")]
    [InlineData("public void M(SpliceWriter w, PageBuffer<int> b) { Task.Run(() => w.Send(b)); }")]
    public Task NotReachable_Silent(string members) => Verify("VMS2009", members);

    private static Task Verify(string id, string members) => Lifetimes.Verify(id, $$"""
        public struct Holder { public PageBuffer<int> Buffer; }
        public sealed class Keeper { public Keeper(PageBuffer<int> buffer) { Buffer = buffer; } public PageBuffer<int> Buffer { get; } }
        public sealed record Pair(PageBuffer<int> Buffer, int Used);
        public sealed class Captor(PageBuffer<int> buffer)
        {
            public void Fill() => buffer.Span.Fill(3);
            public void Give(SpliceWriter w) { w.Send(buffer); buffer = default; }
        }

        public class Subject
        {
            private readonly List<PageBuffer<int>> _list = [];
            private static PageBuffer<int> s_b;
            private PageBuffer<int> _b;
            public PageBuffer<int> Auto { get; set; }
            public event Action? Changed;
            public void Raise() => Changed?.Invoke();
            public static void Set(PageBuffer<int> b) { s_b = b; }
            public int Count => _list.Count + _b.Length;
            {{members}}
        }
        """);
}
