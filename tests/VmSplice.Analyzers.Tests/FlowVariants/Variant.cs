namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>
/// One way in which data or control reaches a mistake, after the scheme of the Juliet suite. <c>TYPE</c> is the kernel's, <c>PREPARE</c>, <c>ACT</c> and
/// <c>MISUSE</c> its statements; <c>ACT(x)</c> and the like are the statements with <c>x</c> for the buffer. <c>DECLARE(x)</c> declares and makes one,
/// <c>SET(x)</c> makes one into a variable. A call in «» reaches the act, one in ‹› the misuse.
/// </summary>
internal sealed record Variant(string Name, string Members)
{
    public static IReadOnlyList<Variant> All { get; } =
    [
        new("local", "public void M(SpliceWriter w) { DECLARE(b) PREPARE(b) BEFORE(b) ACT(b) MISUSE(b) END(b) }"),
        new("parameter", "public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) ACT(b) MISUSE(b) }"),
        new("copy of a local", "public void M(SpliceWriter w, TYPE b) { TYPE c = b; PREPARE(c) BEFORE(c) ACT(b) MISUSE(c) }"),
        new("field", "TYPE _b; public void M(SpliceWriter w) { SET(_b) PREPARE(_b) BEFORE(_b) ACT(_b) MISUSE(_b) END(_b) _b = default!; }"),
        new("static field",
            """
            static TYPE s_b;
            public void M(SpliceWriter w)
            {
                SET(s_b) PREPARE(s_b) BEFORE(s_b) ACT(s_b) MISUSE(s_b) END(s_b) s_b = default!;
            }
            """),
        new("property", "TYPE B { get; set; } public void M(SpliceWriter w) { SET(B) PREPARE(B) BEFORE(B) ACT(B) MISUSE(B) END(B) B = default!; }"),
        new("property over a field",
            """
            TYPE _b;
            TYPE B { get => _b; set => _b = value; }
            public void M(SpliceWriter w)
            {
                SET(B) PREPARE(_b) BEFORE(_b) ACT(B) MISUSE(_b) END(_b) _b = default!;
            }
            """),
        new("tuple", "public void M(SpliceWriter w, TYPE b) { var t = (Buffer: b, Count: 1); PREPARE(t.Buffer) BEFORE(t.Buffer) ACT(b) MISUSE(t.Buffer) }"),
        new("deconstruction", "public void M(SpliceWriter w, TYPE b) { var (c, n) = (b, 1); PREPARE(c) BEFORE(c) ACT(b) MISUSE(c) Console.WriteLine(n); }"),
        new("structure",
            """
            struct H { public TYPE B; }
            public void M(SpliceWriter w, TYPE b)
            {
                H h = new() { B = b };
                PREPARE(h.B) BEFORE(h.B) ACT(h.B) MISUSE(h.B)
            }
            """),
        new("object",
            """
            sealed class H { public TYPE B = default!; }
            public void M(SpliceWriter w, TYPE b)
            {
                H h = new() { B = b };
                PREPARE(h.B) BEFORE(h.B) ACT(h.B) MISUSE(h.B) h.B = default!;
            }
            """),
        new("array element", "public void M(SpliceWriter w, TYPE[] a) { PREPARE(a[0]) BEFORE(a[0]) ACT(a[0]) MISUSE(a[0]) }"),
        new("list element by variable", "public void M(SpliceWriter w, List<TYPE> a, int i) { PREPARE(a[i]) BEFORE(a[i]) ACT(a[i]) MISUSE(a[i]) a.Clear(); }"),
        new("conditional expression", "public void M(SpliceWriter w, TYPE b, TYPE d, bool c) { TYPE e = c ? b : d; PREPARE(e) BEFORE(e) ACT(e) MISUSE(e) }"),
        new("helper in the class",
            """
            public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) «Do(w, b);» MISUSE(b) }
            static void Do(SpliceWriter w, TYPE x) { ACT(x) }
            """),
        new("helper of a helper",
            """
            public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) «First(w, b);» MISUSE(b) }
            static void First(SpliceWriter w, TYPE y) { Second(y, w); }
            static void Second(TYPE x, SpliceWriter w) { ACT(x) }
            """),
        new("helper in a structure's field",
            """
            struct H { public TYPE B; }
            public void M(SpliceWriter w, TYPE b)
            {
                H h = new() { B = b };
                PREPARE(h.B) BEFORE(h.B) «Do(w, h);»
                MISUSE(h.B)
            }
            static void Do(SpliceWriter w, H x) { ACT(x.B) }
            """),
        new("helper by in",
            """
            public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) «Do(w, in b);» MISUSE(b) }
            static void Do(SpliceWriter w, in TYPE x) { ACT(x) }
            """),
        new("result of a helper",
            """
            public void M(SpliceWriter w, TYPE b) { TYPE c = Same(b); PREPARE(c) BEFORE(c) ACT(b) MISUSE(c) }
            static TYPE Same(TYPE x) => x;
            """),
        new("lambda that acts", "public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) Action go = () => { ACT(b) }; «go();» MISUSE(b) }"),
        new("local function that misuses", "public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) ACT(b) ‹Late();› void Late() { MISUSE(b) } }"),
        new("if", "public void M(SpliceWriter w, TYPE b, bool c) { PREPARE(b) BEFORE(b) if (c) { ACT(b) MISUSE(b) } }"),
        new("if on some path", "public void M(SpliceWriter w, TYPE b, bool c) { PREPARE(b) BEFORE(b) if (c) { ACT(b) } AFTER(b, c) }"),
        new("flag",
            """
            public void M(SpliceWriter w, TYPE b, bool c)
            {
                PREPARE(b) BEFORE(b) bool done = false;
                if (c) { ACT(b) done = true; }
                if (done) { MISUSE(b) }
            }
            """),
        new("switch", "public void M(SpliceWriter w, TYPE b, int n) { PREPARE(b) BEFORE(b) switch (n) { case 1: ACT(b) MISUSE(b) break; } }"),
        new("pattern", "public void M(SpliceWriter w, object o) { if (o is TYPE b) { PREPARE(b) BEFORE(b) ACT(b) MISUSE(b) } }"),
        new("for", "public void M(SpliceWriter w, int n) { for (int i = 0; i < n; i++) { DECLARE(b) PREPARE(b) BEFORE(b) ACT(b) MISUSE(b) END(b) } }"),
        new("while with break", "public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) while (true) { ACT(b) break; } MISUSE(b) }"),
        new("foreach", "public void M(SpliceWriter w, TYPE[] a) { foreach (TYPE b in a) { PREPARE(b) BEFORE(b) ACT(b) MISUSE(b) } }"),
        new("using", "public void M(SpliceWriter w) { using TYPE b = MAKE; PREPARE(b) BEFORE(b) ACT(b) MISUSE(b) END(b) }"),
        new("try and finally", "public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) try { ACT(b) } finally { MISUSE(b) } }"),
        new("goto", "public void M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) goto Go; Done: MISUSE(b) return; Go: ACT(b) goto Done; }"),
        new("iterator", "public IEnumerable<int> M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) ACT(b) yield return 1; MISUSE(b) }"),
        new("await", "public async Task M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) ACT(b) await Task.Yield(); MISUSE(b) }"),
        new("asynchronous helper",
            """
            public async Task M(SpliceWriter w, TYPE b) { PREPARE(b) BEFORE(b) await «Do(w, b);» MISUSE(b) }
            static async Task Do(SpliceWriter w, TYPE x) { await Task.Yield(); ACT(x) }
            """),
    ];
}
