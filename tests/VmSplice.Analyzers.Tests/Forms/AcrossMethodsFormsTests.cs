namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>Every way in which a buffer goes to another method and the hand-over, or the use, is there.</summary>
public sealed class AcrossMethodsFormsTests : FormsTests<AcrossMethodsFormsTests>, IForms
{
    private const string M = "void M(SpliceWriter w, PageBuffer<int> b, int n, ISink sink, Action<PageBuffer<int>> unknown) ";
    private const string Sink = """
        interface ISink
        {
            void Take([Consumes] PageBuffer<int> x);
            void Look([Borrows] PageBuffer<int> x);
            void Fill([Writes] PageBuffer<int> x);
            void Other(PageBuffer<int> x);
        }

        """;
    private const string Raw =
        "static unsafe class Native { public static nint Give(SafeHandle fd, void* p, nuint n) => RawPipe.VmSplice(fd, [new IoVec(p, n)]); "
            + "public static void Twice(SafeHandle fd, void* p) { if (Give(fd, p, 64) != 64) { throw new IOException(); "
            + "} } } unsafe void M(SafeHandle fd, Stream stream) ";

    public static Form[] Forms { get; } =
    [
        new("annotation Consumes", Sink + M + "{ sink.Take(b); {|VMS2001:b[0]|} = 1; }", Sink + M + "{ b[0] = 1; sink.Take(b); }"),
        new("annotation Borrows", Sink + M + "{ w.Send(b); sink.Look({|VMS2002:b|}); }", Sink + M + "{ sink.Look(b); b[0] = 1; w.Send(b); }"),
        new("annotation Writes", Sink + M + "{ w.Send(b); sink.Fill({|VMS2001:b|}); }", Sink + M + "{ sink.Fill(b); w.Send(b); }"),
        new("annotation on a delegate",
            Sink + """
            delegate void Taker([Consumes] PageBuffer<int> x);
            void M(Taker take, PageBuffer<int> b)
            {
                take(b);
                {|VMS2001:b[0]|} = 1;
            }
            """,
            Sink + """
            delegate void Taker([Consumes] PageBuffer<int> x);
            void M(Taker take, PageBuffer<int> b) { b[0] = 1; take(b); }
            """),
        new("annotation on a constructor",
            Sink + """
            abstract class Job { protected Job([Consumes] PageBuffer<int> x) { x.Dispose(); } }
            class Own([Consumes] PageBuffer<int> x) : Job(x);

            """ + M + "{ _ = new Own(b); {|VMS2001:b[0]|} = 1; }",
            Sink + """
            abstract class Job { protected Job([Consumes] PageBuffer<int> x) { x.Dispose(); } }
            class Own([Consumes] PageBuffer<int> x) : Job(x);

            """ + M + "{ b[0] = 1; _ = new Own(b); }"),
        new("contradiction of Consumes", Sink + "void M({|VMS2011:[Consumes] PageBuffer<int> b|}) { b[0] = 1; }",
            Sink + "void M([Consumes] PageBuffer<int> b, SpliceWriter w) { w.Send(b); }"),
        new("contradiction of Borrows",
            Sink + """
            void M({|VMS2011:[Borrows] PageBuffer<int> b|}, SpliceWriter w) { w.Send(b); }
            """,
            Sink + "int M([Borrows] PageBuffer<int> b) => b.Length;"),
        new("table of the base library",
            Sink + M + """
            {
                Span<int> s = b.Span;
                w.Send(b);
                new Random(n).Shuffle({|VMS2001:s|});
            }
            """,
            Sink + M + "{ Span<int> s = b.Span; new Random(n).Shuffle(s); w.Send(b); }"),
        new("base library that formats",
            Sink + M + """
            {
                Span<byte> s = MemoryMarshal.AsBytes(b.Span);
                w.Send(b);
                n.TryFormat({|VMS2001:s|}, out _);
            }
            """,
            Sink + M + """
            {
                Span<byte> s = MemoryMarshal.AsBytes(b.Span);
                n.TryFormat(s, out _);
                w.Send(b);
            }
            """),
        new("base library that sorts", Sink + M + "{ Span<int> s = b.Span; w.Send(b); {|VMS2001:s|}.Sort(); }",
            Sink + M + "{ Span<int> s = b.Span; s.Sort(); w.Send(b); }"),
        new("base library that reads", Sink + M + "{ Span<int> s = b.Span; w.Send(b); n = {|VMS2002:s|}.IndexOf(3); }",
            Sink + M + "{ Span<int> s = b.Span; n = s.IndexOf(3); w.Send(b); }"),
        new("helper that sends", Sink + "static void Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); } " + M + "{ Send(w, b); {|VMS2001:b[0]|} = 1; }",
            Sink + "static void Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); } " + M + "{ b[0] = 1; Send(w, b); }"),
        new("helper that gifts", Sink + "static void Gift(SpliceWriter w, PageBuffer<int> x) { w.Gift(x); } " + M + "{ Gift(w, b); {|VMS2001:b[0]|} = 1; }",
            Sink + "static void Gift(SpliceWriter w, PageBuffer<int> x) { w.Gift(x); } " + M + "{ b[0] = 1; Gift(w, b); }"),
        new("helper that writes", Sink + "static void Fill(PageBuffer<int> x) { x.Span.Fill(1); } " + M + "{ w.Send(b); Fill({|VMS2001:b|}); }",
            Sink + "static void Fill(PageBuffer<int> x) { x.Span.Fill(1); } " + M + "{ Fill(b); w.Send(b); }"),
        new("helper that reads", Sink + "static int First(PageBuffer<int> x) => x[0]; " + M + "{ w.Send(b); n = First({|VMS2002:b|}); }",
            Sink + "static int First(PageBuffer<int> x) => x[0]; " + M + "{ n = First(b); w.Send(b); }"),
        new("helper that rents", Sink + "static PageBuffer<int> Make(SpliceWriter w) => w.Rent<int>(4); " + M + "{ var r = {|VMS2013:Make(w)|}; r[0] = 1; }",
            Sink + "static PageBuffer<int> Make(SpliceWriter w) => w.Rent<int>(4); " + M + "{ using var r = Make(w); r[0] = 1; }"),
        new("helper that sends on some path",
            Sink + """
            static void Send(SpliceWriter w, PageBuffer<int> x, bool c) { if (c) { w.Send(x); } }

            """ + M + "{ Send(w, b, n > 3); {|VMS2004:b[0]|} = 1; }",
            Sink + """
            static void Send(SpliceWriter w, PageBuffer<int> x, bool c) { if (c) { w.Send(x); } }

            """ + M + "{ b[0] = 1; Send(w, b, n > 3); }"),
        new("helper that never returns",
            Sink + "static void Fail() => throw new IOException(); " + M + "{ w.Send(b); if (n > 3) { Fail(); } {|VMS2001:b[0]|} = 1; }",
            Sink + """
            static void Fail(SpliceWriter w, PageBuffer<int> x) { w.Send(x); throw new IOException(); }

            """ + M + "{ if (n > 3) { Fail(w, b); } else { b[0] = 1; w.Send(b); } }"),
        new("wrapper two calls deep",
            Sink + """
            static void One(SpliceWriter w, PageBuffer<int> x) => Two(x, w);
            static void Two(PageBuffer<int> x, SpliceWriter w) { w.Gift(x); }

            """ + M + "{ One(w, b); {|VMS2001:b[0]|} = 1; }",
            Sink + """
            static void One(SpliceWriter w, PageBuffer<int> x) => Two(x, w);
            static void Two(PageBuffer<int> x, SpliceWriter w) { w.Gift(x); }

            """ + M + "{ b[0] = 1; One(w, b); }"),
        new("wrapper that returns a view",
            Sink + """
            static Span<int> One(PageBuffer<int> x) => Two(x)[1..];
            static Span<int> Two(PageBuffer<int> x) => x.Span[1..];

            """ + M + "{ var s = One(b); w.Send(b); {|VMS2001:s[0]|} = 1; }",
            Sink + """
            static Span<int> One(PageBuffer<int> x) => Two(x)[1..];
            static Span<int> Two(PageBuffer<int> x) => x.Span[1..];

            """ + M + "{ var s = One(b); s[0] = 1; w.Send(b); }"),
        new("generic wrapper",
            Sink + """
            static void Send<T>(SpliceWriter w, PageBuffer<T> x) where T : unmanaged { w.Send(x); }

            """ + M + "{ Send(w, b); {|VMS2001:b[0]|} = 1; }",
            Sink + """
            static void Send<T>(SpliceWriter w, PageBuffer<T> x) where T : unmanaged { w.Send(x); }

            """ + M + "{ b[0] = 1; Send(w, b); }"),
        new("generic wrapper of a buffer class",
            Sink + """
            static void Send<T>(SpliceWriter w, T x) where T : class, ISpliceableBuffer<T> { w.Send(x); }
            void M(SpliceWriter w, Frame f)
            {
                Send(w, f);
                {|VMS2001:f.Header|} = 1;
            }
            """,
            Sink + """
            static void Send<T>(SpliceWriter w, T x) where T : class, ISpliceableBuffer<T> { w.Send(x); }
            void M(SpliceWriter w, Frame f) { f.Header = 1; Send(w, f); }
            """),
        new("generic type",
            Sink + """
            class Box<T>(SpliceWriter w) where T : unmanaged
            {
                public void Send(PageBuffer<T> x) { w.Send(x); }
            }

            """ + M + "{ new Box<int>(w).Send(b); {|VMS2001:b[0]|} = 1; }",
            Sink + """
            class Box<T>(SpliceWriter w) where T : unmanaged
            {
                public void Send(PageBuffer<T> x) { w.Send(x); }
            }

            """ + M + "{ b[0] = 1; new Box<int>(w).Send(b); }"),
        new("local function",
            Sink + M + """
            {
                void Send(PageBuffer<int> x) { w.Send(x); }
                Send(b);
                {|VMS2001:b[0]|} = 1;
            }
            """,
            Sink + M + "{ void Send(PageBuffer<int> x) { w.Send(x); } b[0] = 1; Send(b); }"),
        new("static local function",
            Sink + M + """
            {
                static void Send(SpliceWriter v, PageBuffer<int> x) { v.Send(x); }
                Send(w, b);
                {|VMS2001:b[0]|} = 1;
            }
            """,
            Sink + M + """
            {
                static void Send(SpliceWriter v, PageBuffer<int> x) { v.Send(x); }
                b[0] = 1;
                Send(w, b);
            }
            """),
        new("lambda",
            Sink + M + """
            {
                Action<PageBuffer<int>> send = x => w.Send(x);
                send(b);
                {|VMS2001:b[0]|} = 1;
            }
            """,
            Sink + M + """
            {
                Action<PageBuffer<int>> send = x => w.Send(x);
                b[0] = 1;
                send(b);
            }
            """),
        new("lambda in a lambda",
            Sink + M + """
            {
                Action outer = () => { Action inner = () => w.Send(b); inner(); };
                outer();
                {|VMS2001:b[0]|} = 1;
            }
            """,
            Sink + M + """
            {
                Action outer = () => { Action inner = () => w.Send(b); inner(); };
                b[0] = 1;
                outer();
            }
            """),
        new("lambda that may run", Sink + M + "{ Task.Run(() => w.Send(b)); {|VMS2004:b[0]|} = 1; }", Sink + M + "{ b[0] = 1; Task.Run(() => w.Send(b)); }"),
        new("method group", Sink + "void Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); } " + M + "{ unknown({|VMS2010:b|}); }",
            Sink + M + "{ sink.Look(b); w.Send(b); }"),
        new("extension method",
            Sink + M + """
            {
                w.SendIt(b);
                {|VMS2001:b[0]|} = 1;
            }
            }
            static class Extensions
            {
                public static void SendIt(this SpliceWriter w, PageBuffer<int> x) { w.Send(x);
            }
            """,
            Sink + M + """
            { b[0] = 1; w.SendIt(b); }
            }
            static class Extensions
            {
                public static void SendIt(this SpliceWriter w, PageBuffer<int> x) { w.Send(x);
            }
            """),
        new("recursion",
            Sink + """
            static void Down(SpliceWriter w, PageBuffer<int> x, int n)
            {
                if (n > 0) { Down(w, x, n - 1); }
                else { w.Send(x); }
            }

            """ + M + "{ Down(w, b, n); {|VMS2001:b[0]|} = 1; }",
            Sink + """
            static void Down(SpliceWriter w, PageBuffer<int> x, int n)
            {
                if (n > 0) { Down(w, x, n - 1); }
                else { w.Send(x); }
            }

            """ + M + "{ b[0] = 1; Down(w, b, n); }"),
        new("property that gives a buffer",
            Sink + """
            PageBuffer<int> _b;
            public PageBuffer<int> Current => _b;
            public void M(SpliceWriter w)
            {
                w.Send(Current);
                {|VMS2001:Current[0]|} = 1;
                _b = default;
            }
            """,
            Sink + """
            PageBuffer<int> _b;
            public PageBuffer<int> Current => _b;
            public void M(SpliceWriter w)
            {
                Current[0] = 1;
                w.Send(Current);
                _b = default;
            }
            """),
        new("unknown delegate", Sink + M + "{ unknown({|VMS2010:b|}); b[0] = 1; }", Sink + M + "{ sink.Look(b); b[0] = 1; w.Send(b); }"),
        new("unknown interface", Sink + M + "{ sink.Other({|VMS2010:b|}); }", Sink + M + "{ sink.Take(b); }"),
        new("raw helper",
            Raw + """
            {
                byte* p = (byte*)NativeMemory.Alloc(64);
                Native.Give(fd, p, 64);
                {|VMS2001:p[0]|} = 1;
            }
            """,
            Raw + """
            {
                byte* p = (byte*)NativeMemory.Alloc(64);
                p[0] = 1;
                Native.Give(fd, p, 64);
            }
            """),
        new("raw helper two calls deep", Raw + "{ byte* p = stackalloc byte[64]; Native.Twice(fd, {|VMS2005:p|}); }",
            Raw + "{ byte* p = (byte*)NativeMemory.Alloc(64); Native.Twice(fd, p); }"),
        new("raw helper and a free",
            Raw + """
            {
                void* p = NativeMemory.Alloc(64);
                Native.Twice(fd, p);
                {|VMS2007:NativeMemory.Free(p)|};
            }
            """,
            Raw + """
            {
                void* p = NativeMemory.Alloc(64);
                Native.Twice(fd, p);
                stream.ReadByte();
                NativeMemory.Free(p);
            }
            """),
    ];
}
