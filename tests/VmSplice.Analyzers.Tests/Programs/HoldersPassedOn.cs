namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Structures and objects that are passed to a helper, and fields that keep a buffer.</summary>
internal sealed class HoldersPassedOn : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StructHelperSendsField"] = """
            struct Pair { public PageBuffer<int> A; public PageBuffer<int> B; }
            static class P
            {
                static void Ship(SpliceWriter w, Pair p) => w.Send(p.A);
                static void M(SpliceWriter w, Pair p)
                {
                    Ship(w, p);
                    p.B[0] = 1;
                    p.A[0] = 1; //~VMS2001
                }
            }
            """,
        ["ClassHelper"] = """
            sealed class Box { public PageBuffer<int> A; }
            static class P
            {
                static void Ship(SpliceWriter w, Box p) => w.Send(p.A); //~VMS2009
                static void M(SpliceWriter w, Box p)
                {
                    Ship(w, p);
                    p.A[0] = 1; //~VMS2001
                }
            }
            """,
        ["HelperOfHelperExtension"] = """
            sealed class Box { public PageBuffer<int> A; }
            static class P
            {
                static void Ship(this Box p, SpliceWriter w) => Inner(p, w);
                static void Inner(Box q, SpliceWriter w) => w.Send(q.A); //~VMS2009
                static void M(SpliceWriter w, Box p)
                {
                    p.Ship(w);
                    p.A[0] = 1; //~VMS2001
                }
            }
            """,
        ["InstanceMethodOfTheHolder"] = """
            sealed class Box
            {
                private PageBuffer<int> _a;
                public Box(PageBuffer<int> a) => _a = a;
                public void Ship(SpliceWriter w) => w.Send(_a); //~VMS2009
                public void Fill() => _a[0] = 1;
            }

            static class P
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    Box p = new(b);
                    p.Ship(w);
                    p.Fill(); //~VMS2001
                }
            }
            """,
        ["RecordStructWith"] = """
            readonly record struct Pack(PageBuffer<int> A, int N);
            static class P
            {
                static void Ship(SpliceWriter w, in Pack p) => w.Send(p.A, p.N);
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    Pack p = new(b, 4);
                    Ship(w, p);
                    b[0] = 1; //~VMS2001
                }
            }
            """,
        ["ObjectInAListParam"] = """
            sealed class Box { public PageBuffer<int> A; }
            static class P
            {
                static void Ship(SpliceWriter w, (PageBuffer<int> B, int N) t) => w.Send(t.B, t.N);
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    Ship(w, (b, 4));
                    b[0] = 1; //~VMS2001
                }
            }
            """,
        ["RightHolder"] = """
            sealed class Box { public PageBuffer<int> A; }
            static class P
            {
                static void Ship(SpliceWriter w, Box p) { w.Send(p.A); p.A = default; }
                static void Refill(SpliceWriter w, Box p) { w.Send(p.A); p.A = w.Rent<int>(4); }
                static void Both(SpliceWriter w, Box p) { Refill(w, p); p.A[0] = 1; Ship(w, p); }
                static void M(SpliceWriter w, Box p)
                {
                    Refill(w, p);
                    p.A[0] = 1;
                    Both(w, p);
                }
                static void N(SpliceWriter w, (PageBuffer<int> B, int N) t) => w.Send(t.B, t.N);
                static void O(SpliceWriter w, PageBuffer<int> b)
                {
                    b[0] = 1;
                    N(w, (b, 4));
                    b = w.Rent<int>(4);
                    b[0] = 2;
                    N(w, (b, 4));
                }
            }
            """,
        ["RightKeptInAField"] = """
            sealed class P
            {
                private PageBuffer<int> _kept;
                public void M(SpliceWriter w, int n)
                {
                    for (int i = 0; i < n; i++)
                    {
                        PageBuffer<int> b = w.Rent<int>(4);
                        _kept = b;
                        w.Send(b);
                        _kept = default;
                    }
                }
                public void N(SpliceWriter w, bool c)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    if (c)
                    {
                        _kept = b;
                    }
                    else
                    {
                        w.Send(b);
                    }
                }
            }
            """,
        ["StructHelperNintRawPipe"] = """
            static class P
            {
                struct H { public nint B; }
                static SafeHandle Pipe { get; set; } = null!;
                static void M(nint b)
                {
                    H h = new() { B = b };
                    Do(h);
                    Marshal.WriteByte(h.B, 1); //~VMS2001
                }
                static void Do(H x) { if (RawPipe.VmSplice(Pipe, [new IoVec(x.B, 64)]) != 64) { throw new IOException(); } }
            }
            """,
        ["StructHelperNintParameter"] = """
            static class P
            {
                public struct H { public nint B; }
                static SafeHandle Pipe { get; set; } = null!;
                static void M(H h)
                {
                    Do(h);
                    Marshal.WriteByte(h.B, 1); //~VMS2001
                }
                static void Do(H x) { nint b = x.B; if (RawPipe.VmSplice(Pipe, [new IoVec(b, 64)]) != 64) { throw new IOException(); } }
            }
            """,
        ["StructTwoFields"] = """
            static class P
            {
                public struct H { public nint B; public int C; public string S; }
                static SafeHandle Pipe { get; set; } = null!;
                static void M(nint b)
                {
                    H h = new() { B = b };
                    Do(h);
                    Marshal.WriteByte(b, 1); //~VMS2001
                }
                static void Do(H x) { RawPipe.VmSplice(Pipe, [new IoVec(x.B, 64)]); } //~VMS4001
            }
            """,
    };
}
