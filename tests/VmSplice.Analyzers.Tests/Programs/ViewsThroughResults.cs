namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Views that come back from a method: by reference, in a tuple, in a structure; and wrappers that dispose.</summary>
internal sealed class ViewsThroughResults : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SwapByRefInHelperThenUse"] = """
            static class P
            {
                static void Swap(ref PageBuffer<int> a, ref PageBuffer<int> b) => (a, b) = (b, a);
                static void M(SpliceWriter w, PageBuffer<int> a, PageBuffer<int> b)
                {
                    Swap(ref a, ref b);
                    w.Send(a);
                    b[0] = 1;
                    a[0] = 1; //~VMS2001
                }
            }
            """,
        ["ViewByIn"] = """
            static class P
            {
                static void Put(in Span<int> s) => s[0] = 1;
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    Span<int> s = b.Span;
                    w.Send(b);
                    Put(in s); //~VMS2001
                }
            }
            """,
        ["RefRest"] = """
            static class P
            {
                static void PutInt(ref Span<int> rest, int v) { rest[0] = v; rest = rest[1..]; }
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    Span<int> rest = b.Span;
                    PutInt(ref rest, 1);
                    w.Send(b);
                    PutInt(ref rest, 2); //~VMS2001
                }
            }
            """,
        ["ViewInATuple"] = """
            static class P
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    var t = (View: b.Memory, Count: 4);
                    w.Send(b);
                    t.View.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["ViewInATupleFromAHelper"] = """
            static class P
            {
                static (Memory<int> View, int Count) Parts(PageBuffer<int> b) => (b.Memory, 4);
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    var t = Parts(b);
                    t.View.Span[1] = 1;
                    w.Send(b);
                    t.View.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["DeconstructedFromAHelper"] = """
            static class P
            {
                static (Memory<int>, int) Parts(PageBuffer<int> b) => (b.Memory, 4);
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    (Memory<int> view, int count) = Parts(b);
                    view.Span[1] = count;
                    w.Send(b);
                    view.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["OutView"] = """
            static class P
            {
                static bool TryView(PageBuffer<int> b, out Span<int> view) { view = b.Span; return view.Length > 0; }
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    if (TryView(b, out Span<int> view))
                    {
                        w.Send(b);
                        view[0] = 1; //~VMS2001
                    }
                }
            }
            """,
        ["StructWithViewFromHelper"] = """
            readonly ref struct Window(Span<int> s) { public readonly Span<int> S = s; }
            static class P
            {
                static Window Of(PageBuffer<int> b) => new Window(b.Span);
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    Window v = Of(b);
                    v.S[0] = 2;
                    w.Send(b);
                    v.S[0] = 1; //~VMS2001
                }
            }
            """,
        ["UsingOverAWrapper"] = """
            sealed class Frame2 : IDisposable
            {
                private PageBuffer<byte> _b;
                public Frame2(PageBuffer<byte> b) => _b = b;
                public nint Address => _b.Address;
                public PageBuffer<byte> Buffer => _b;
                public void Dispose() => _b.Dispose();
            }
            static class P
            {
                static void M(SafeHandle pipe, PageBuffer<byte> b)
                {
                    using Frame2 f = new(b); //~VMS2007
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, 4096), SpliceFlags.None) != 4096) { throw new IOException(); }
                }
            }
            """,
        ["UsingWrapperThenBufferUsedAfter"] = """
            sealed class Frame2 : IDisposable
            {
                private PageBuffer<byte> _b;
                public Frame2(PageBuffer<byte> b) => _b = b;
                public void Dispose() => _b.Dispose();
            }
            static class P
            {
                static void M(PageBuffer<byte> b)
                {
                    using (Frame2 f = new(b))
                    {
                        b[0] = 1;
                    }
                    b[0] = 2; //~VMS2002
                }
            }
            """,
        ["StructWrapper"] = """
            struct Frame3(PageBuffer<byte> b) : IDisposable
            {
                public PageBuffer<byte> B = b;
                public void Dispose() => B.Dispose();
            }
            static class P
            {
                static void M(SpliceWriter w, PageBuffer<byte> b)
                {
                    Frame3 f = new(b);
                    f.Dispose();
                    w.Send(b); //~VMS2002
                }
            }
            """,
        ["RightSwap"] = """
            static class P
            {
                static void Swap(ref PageBuffer<int> a, ref PageBuffer<int> b) => (a, b) = (b, a);
                static void M(SpliceWriter w, PageBuffer<int> a, PageBuffer<int> b)
                {
                    Swap(ref a, ref b);
                    w.Send(a);
                    b[0] = 1;
                    w.Send(b);
                }
            }
            """,
        ["RightTuplesFromHelpers"] = """
            static class P
            {
                static (Memory<int> View, int Count) Parts(PageBuffer<int> b) => (b.Memory, 4);
                static (Memory<int>, Memory<int>) Halves(PageBuffer<int> b, PageBuffer<int> c) => (b.Memory, c.Memory);
                static void M(SpliceWriter w, PageBuffer<int> b, PageBuffer<int> c)
                {
                    var t = Parts(b);
                    t.View.Span[1] = 1;
                    (Memory<int> x, Memory<int> y) = Halves(b, c);
                    x.Span[0] = 2;
                    w.Send(b);
                    y.Span[0] = 1;
                    t = Parts(c);
                    t.View.Span[1] = 3;
                    w.Send(c);
                }
            }
            """,
        ["RightFrozenInAUsing"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    FrozenPages<int> f;
                    using (PageBuffer<int> b = w.Rent<int>(4))
                    {
                        b[0] = 1;
                        f = b.Freeze();
                    }
                    w.Send(f);
                    f.Dispose();
                }
                static FrozenPages<int> N(SpliceWriter w)
                {
                    using PageBuffer<int> b = w.Rent<int>(4);
                    b[0] = 1;
                    return b.Freeze();
                }
            }
            """,
        ["FrozenDisposedAndRead"] = """
            static class P
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    FrozenPages<int> f = b.Freeze();
                    f.Dispose();
                    Console.WriteLine(f.Span[0]); //~VMS2002
                }
            }
            """,
        ["RightWrapper"] = """
            sealed class Frame2 : IDisposable
            {
                private PageBuffer<byte> _b;
                public Frame2(PageBuffer<byte> b) => _b = b;
                public void Dispose() => _b.Dispose();
            }
            static class P
            {
                static void M(SpliceWriter w, PageBuffer<byte> b)
                {
                    using (Frame2 f = new(b))
                    {
                        b[0] = 1;
                        w.Send(b);
                    }
                }
                static void N(SafeHandle pipe, Stream wait, PageBuffer<byte> b)
                {
                    using Frame2 f = new(b);
                    if (RawPipe.VmSplice(pipe, new IoVec(b.Address, 4096), SpliceFlags.None) != 4096) { throw new IOException(); }
                    wait.ReadByte();
                }
            }
            """,
    };
}
