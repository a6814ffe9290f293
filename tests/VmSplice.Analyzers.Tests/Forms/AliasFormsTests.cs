namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>Every way in which something else comes to name the memory of a buffer, followed past the hand-over.</summary>
public sealed class AliasFormsTests : FormsTests<AliasFormsTests>, IForms
{
    private const string M = "unsafe void M(SpliceWriter w, PageBuffer<int> b, PageBuffer<int> d, bool c, int n, Stream stream) ";

    public static Form[] Forms { get; } =
    [
        new("span", M + "{ Span<int> s = b.Span; w.Send(b); {|VMS2001:s[0]|} = 1; }", M + "{ Span<int> s = b.Span; s[0] = 1; w.Send(b); }"),
        new("read-only span", M + "{ ReadOnlySpan<int> s = b.Span; w.Send(b); n = {|VMS2002:s[0]|}; }",
            M + "{ ReadOnlySpan<int> s = b.Span; n = s[0]; w.Send(b); }"),
        new("memory", M + "{ Memory<int> m = b.Memory; w.Send(b); {|VMS2001:m.Span[0]|} = 1; }", M + "{ Memory<int> m = b.Memory; m.Span[0] = 1; w.Send(b); }"),
        new("slice of a span", M + "{ var s = b.Span.Slice(2, 4); w.Send(b); {|VMS2001:s[0]|} = 1; }",
            M + "{ var s = b.Span.Slice(2, 4); s[0] = 1; w.Send(b); }"),
        new("slice of a memory",
            M + """
            {
                var m = b.Memory.Slice(2);
                w.Send(b);
                {|VMS2001:m.Span.Fill(1)|};
            }
            """,
            M + "{ var m = b.Memory.Slice(2); m.Span.Fill(1); w.Send(b); }"),
        new("range of a span", M + "{ var s = b.Span[1..^1]; w.Send(b); {|VMS2001:s[0]|} = 1; }", M + "{ var s = b.Span[1..^1]; s[0] = 1; w.Send(b); }"),
        new("range of a memory", M + "{ var m = b.Memory[..4]; w.Send(b); {|VMS2001:m.Span[0]|} = 1; }",
            M + "{ var m = b.Memory[..4]; m.Span[0] = 1; w.Send(b); }"),
        new("index from the end", M + "{ var s = b.Span; w.Send(b); {|VMS2001:s[^1]|} = 1; }", M + "{ var s = b.Span; s[^1] = 1; w.Send(b); }"),
        new("AsSpan",
            """
            unsafe void M(SafeHandle fd)
            {
                byte[] a = GC.AllocateArray<byte>(64, pinned: true);
                Span<byte> s = a.AsSpan(8, 8);
                RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);
                {|VMS2001:s[0]|} = 1;
            }
            """,
            """
            unsafe void M(SafeHandle fd)
            {
                byte[] a = GC.AllocateArray<byte>(64, pinned: true);
                Span<byte> s = a.AsSpan(8, 8);
                s[0] = 1;
                RawPipe.VmSplice(fd, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(a, 0), 64)]);
            }
            """),
        new("MemoryMarshal.AsBytes",
            M + """
            {
                var s = MemoryMarshal.AsBytes(b.Span);
                w.Send(b);
                {|VMS2001:s[0]|} = 1;
            }
            """,
            M + "{ var s = MemoryMarshal.AsBytes(b.Span); s[0] = 1; w.Send(b); }"),
        new("MemoryMarshal.Cast",
            M + """
            {
                var s = MemoryMarshal.Cast<int, long>(b.Span);
                w.Send(b);
                {|VMS2001:s[0]|} = 1;
            }
            """,
            M + """
            {
                var s = MemoryMarshal.Cast<int, long>(b.Span);
                s[0] = 1;
                w.Send(b);
            }
            """),
        new("MemoryMarshal.GetReference",
            M + """
            {
                ref int r = ref MemoryMarshal.GetReference(b.Span);
                w.Send(b);
                {|VMS2001:r|} = 1;
            }
            """,
            M + """
            {
                ref int r = ref MemoryMarshal.GetReference(b.Span);
                r = 1;
                w.Send(b);
            }
            """),
        new("MemoryMarshal.CreateSpan",
            M + """
            {
                var s = MemoryMarshal.CreateSpan(ref b[0], 4);
                w.Send(b);
                {|VMS2001:s[0]|} = 1;
            }
            """,
            M + """
            {
                var s = MemoryMarshal.CreateSpan(ref b[0], 4);
                s[0] = 1;
                w.Send(b);
            }
            """),
        new("MemoryMarshal.AsMemory",
            M + """
            {
                var m = MemoryMarshal.AsMemory<int>((ReadOnlyMemory<int>)b.Memory);
                w.Send(b);
                {|VMS2001:m.Span[0]|} = 1;
            }
            """,
            M + """
            {
                var m = MemoryMarshal.AsMemory<int>((ReadOnlyMemory<int>)b.Memory);
                m.Span[0] = 1;
                w.Send(b);
            }
            """),
        new("MemoryMarshal.AsRef",
            M + """
            {
                ref long r = ref MemoryMarshal.AsRef<long>(MemoryMarshal.AsBytes(b.Span));
                w.Send(b);
                {|VMS2001:r|} = 1;
            }
            """,
            M + """
            {
                ref long r = ref MemoryMarshal.AsRef<long>(MemoryMarshal.AsBytes(b.Span));
                r = 1;
                w.Send(b);
            }
            """),
        new("MemoryMarshal.Write",
            M + """
            {
                var s = MemoryMarshal.AsBytes(b.Span);
                w.Send(b);
                MemoryMarshal.Write({|VMS2001:s|}, 3L);
            }
            """,
            M + """
            {
                var s = MemoryMarshal.AsBytes(b.Span);
                MemoryMarshal.Write(s, 3L);
                w.Send(b);
            }
            """),
        new("Unsafe.As",
            M + """
            {
                ref uint r = ref Unsafe.As<int, uint>(ref b[0]);
                w.Send(b);
                {|VMS2001:r|} = 1;
            }
            """,
            M + """
            {
                ref uint r = ref Unsafe.As<int, uint>(ref b[0]);
                r = 1;
                w.Send(b);
            }
            """),
        new("ref local", M + "{ ref int r = ref b[3]; w.Send(b); {|VMS2001:r|} = 1; }", M + "{ ref int r = ref b[3]; r = 1; w.Send(b); }"),
        new("ref readonly local", M + "{ ref readonly int r = ref b[3]; w.Send(b); n = {|VMS2002:r|}; }",
            M + "{ ref readonly int r = ref b[3]; n = r; w.Send(b); }"),
        new("ref local of two",
            M + """
            {
                ref int r = ref (c ? ref b[0] : ref d[0]);
                w.Send(b);
                w.Send(d);
                {|VMS2001:r|} = 1;
            }
            """,
            M + """
            {
                ref int r = ref (c ? ref b[0] : ref d[0]);
                r = 1;
                w.Send(b);
                w.Send(d);
            }
            """),
        new("ref return", "static ref int At(Span<int> s, int i) => ref s[i]; " + M + "{ ref int r = ref At(b.Span, 2); w.Send(b); {|VMS2001:r|} = 1; }",
            "static ref int At(Span<int> s, int i) => ref s[i]; " + M + "{ ref int r = ref At(b.Span, 2); r = 1; w.Send(b); }"),
        new("ref return of a buffer",
            "static ref int First(PageBuffer<int> x) { return ref x[0]; } " + M + "{ ref int r = ref First(b); w.Send(b); {|VMS2001:r|} = 1; }",
            "static ref int First(PageBuffer<int> x) { return ref x[0]; } " + M + "{ First(b) = 1; w.Send(b); }"),
        new("ref return written at once",
            "static ref int At(Span<int> s, int i) => ref s[i]; " + M + "{ var s = b.Span; w.Send(b); {|VMS2001:At(s, 2)|} = 1; }",
            "static ref int At(Span<int> s, int i) => ref s[i]; " + M + "{ var s = b.Span; At(s, 2) = 1; w.Send(b); }"),
        new("pointer", M + "{ int* p = (int*)b.Address; w.Send(b); {|VMS2001:*p|} = 1; }", M + "{ int* p = (int*)b.Address; *p = 1; w.Send(b); }"),
        new("pointer as a number", M + "{ nint at = b.Address; w.Send(b); {|VMS2001:*(int*)at|} = 1; }",
            M + "{ nint at = b.Address; *(int*)at = 1; w.Send(b); }"),
        new("pointer to a struct", M + "{ Tick* p = (Tick*)b.Address; w.Send(b); {|VMS2001:p->Time|} = 1; }",
            M + "{ Tick* p = (Tick*)b.Address; p->Time = 1; w.Send(b); }"),
        new("pointer arithmetic",
            M + """
            {
                int* p = (int*)b.Address + 4;
                p++;
                p += 2;
                w.Send(b);
                {|VMS2001:p[-1]|} = 1;
            }
            """,
            M + "{ int* p = (int*)b.Address + 4; p++; p += 2; p[-1] = 1; w.Send(b); }"),
        new("pointer difference",
            M + """
            {
                int* p = (int*)b.Address;
                int* q = p + 8;
                w.Send(b);
                long between = q - p;
                n = (int)between;
                {|VMS2001:*(q - 1)|} = 1;
            }
            """,
            M + """
            {
                int* p = (int*)b.Address;
                int* q = p + 8;
                w.Send(b);
                long between = q - p;
                n = (int)between;
            }
            """),
        new("tuple",
            M + """
            {
                (PageBuffer<int> One, int Two) t = (b, 1);
                w.Send(b);
                {|VMS2001:t.One[0]|} = 1;
            }
            """,
            M + """
            {
                (PageBuffer<int> One, int Two) t = (b, 1);
                t.One[0] = 1;
                w.Send(b);
            }
            """),
        new("tuple of tuples", M + "{ var t = ((b, 1), 2); w.Send(b); {|VMS2001:t.Item1.b[0]|} = 1; }",
            M + "{ var t = ((b, 1), 2); t.Item1.b[0] = 1; w.Send(b); }"),
        new("tuple of memory",
            M + """
            {
                var t = (b.Memory, 1);
                w.Send(b);
                {|VMS2001:t.Memory.Span[0]|} = 1;
            }
            """,
            M + "{ var t = (b.Memory, 1); t.Memory.Span[0] = 1; w.Send(b); }"),
        new("deconstruction", M + "{ var (x, y) = (b, 1); w.Send(x); {|VMS2001:b[0]|} = y; }", M + "{ var (x, y) = (b, 1); x[0] = y; w.Send(b); }"),
        new("deconstruction of a variable", M + "{ var t = (b, 1); var (x, y) = t; w.Send(b); {|VMS2001:x[0]|} = y; }",
            M + "{ var t = (b, 1); var (x, y) = t; x[0] = y; w.Send(b); }"),
        new("nested deconstruction",
            M + """
            {
                var ((x, y), z) = ((b, 1), 2);
                w.Send(b);
                {|VMS2001:x[0]|} = y + z;
            }
            """,
            M + "{ var ((x, y), z) = ((b, 1), 2); x[0] = y + z; w.Send(b); }"),
        new("swap", M + "{ (b, d) = (d, b); w.Send(b); {|VMS2001:b[0]|} = 1; }", M + "{ (b, d) = (d, b); w.Send(b); d[0] = 1; }"),
        new("element written by deconstruction", M + "{ var s = b.Span; w.Send(b); ({|VMS2001:s[0]|}, n) = (1, 2); }",
            M + "{ var s = b.Span; (s[0], n) = (1, 2); w.Send(b); }"),
        new("deconstruction of a record",
            "record Pair(PageBuffer<int> Buffer, int Used); " + M + """
            {
                var pair = new Pair(b, 3);
                var (x, used) = pair;
                w.Send(x, used);
                {|VMS2001:x[0]|} = 1;
            }
            """,
            "record Pair(PageBuffer<int> Buffer, int Used); " + M + "{ var pair = new Pair(b, 3); var (x, used) = pair; x[0] = 1; w.Send(x, used); }"),
        new("conditional", M + "{ var e = c ? b : d; w.Send(b); {|VMS2004:e[0]|} = 1; }", M + "{ var e = c ? b : d; e[0] = 1; w.Send(b); w.Send(d); }"),
        new("conditional of the same",
            M + """
            {
                var s = c ? b.Span : b.Span[1..];
                w.Send(b);
                {|VMS2001:s[0]|} = 1;
            }
            """,
            M + "{ var s = c ? b.Span : d.Span; w.Send(b); s = d.Span; s[0] = 1; }"),
        new("coalescing",
            """
            void M(SpliceWriter w, Frame? first, Frame second)
            {
                Frame e = first ?? second;
                w.Send(e);
                {|VMS2004:second.Header|} = 1;
            }
            """,
            """
            void M(SpliceWriter w, Frame? first, Frame second)
            {
                Frame e = first ?? second;
                e.Header = 1;
                w.Send(e);
            }
            """),
        new("coalescing of one",
            """
            void M(SpliceWriter w, PageBuffer<int>? first)
            {
                PageBuffer<int> e = first ?? throw new ArgumentNullException();
                w.Send(e);
                {|VMS2001:e[0]|} = 1;
            }
            """,
            """
            void M(SpliceWriter w, PageBuffer<int>? first)
            {
                PageBuffer<int> e = first ?? throw new ArgumentNullException();
                e[0] = 1;
                w.Send(e);
            }
            """),
        new("coalescing assignment",
            """
            Frame? _held;
            void M(SpliceWriter w)
            {
                Frame? e = null;
                e ??= Frame.Rent(w);
                w.Send(e);
                {|VMS2001:e.Header|} = 1;
            }
            """,
            """
            Frame? _held;
            void M(SpliceWriter w)
            {
                Frame? e = null;
                e ??= Frame.Rent(w);
                e.Header = 1;
                w.Send(e);
            }
            """),
        new("struct holder",
            "struct Holder { public PageBuffer<int> Buffer; } " + M + """
            {
                Holder h;
                h.Buffer = b;
                Holder k = h;
                w.Send(k.Buffer);
                {|VMS2001:h.Buffer[0]|} = 1;
            }
            """,
            "struct Holder { public PageBuffer<int> Buffer; } " + M + "{ Holder h; h.Buffer = b; Holder k = h; k.Buffer[0] = 1; w.Send(h.Buffer); }"),
        new("holder within a holder",
            """
            struct Inner { public PageBuffer<int> Buffer; }
            struct Outer { public Inner Inner; }

            """ + M + """
            {
                Outer o = default;
                o.Inner.Buffer = b;
                w.Send(b);
                {|VMS2001:o.Inner.Buffer[0]|} = 1;
            }
            """,
            """
            struct Inner { public PageBuffer<int> Buffer; }
            struct Outer { public Inner Inner; }

            """ + M + """
            {
                Outer o = default;
                o.Inner.Buffer = b;
                o.Inner.Buffer[0] = 1;
                w.Send(b);
            }
            """),
        new("ref struct holder",
            "ref struct View(Span<int> s) { public Span<int> Span = s; } " + M + "{ var v = new View(b.Span); w.Send(b); {|VMS2001:v.Span[0]|} = 1; }",
            "ref struct View(Span<int> s) { public Span<int> Span = s; } " + M + "{ var v = new View(b.Span); v.Span[0] = 1; w.Send(b); }"),
        new("readonly field", "readonly PageBuffer<int> _b = PageBuffer<int>.Allocate(4); public void M(SpliceWriter w) { w.Send(_b); {|VMS2001:_b[0]|} = 1; }",
            "readonly PageBuffer<int> _b = PageBuffer<int>.Allocate(4); public void M(SpliceWriter w) { _b[0] = 1; w.Write<int>(_b.Span); }"),
        new("readonly field after an unknown call",
            """
            readonly PageBuffer<int> _b = PageBuffer<int>.Allocate(4);
            public void M(SpliceWriter w, Action unknown)
            {
                Memory<int> m = _b.Memory;
                w.Send(_b);
                unknown();
                {|VMS2001:m.Span[0]|} = 1;
            }
            """,
            """
            readonly PageBuffer<int> _b = PageBuffer<int>.Allocate(4);
            public void M(SpliceWriter w, Action unknown)
            {
                Memory<int> m = _b.Memory;
                unknown();
                m.Span[0] = 1;
            }
            """),
        new("memory in a field", "Memory<int> _m; " + M + "{ _m = b.Memory; w.Send(b); {|VMS2001:_m.Span[0]|} = 1; }",
            "Memory<int> _m; " + M + "{ _m = b.Memory; _m.Span[0] = 1; w.Send(b); }"),
        new("captured variable", M + "{ Action fill = () => {|VMS2001:b[0]|} = 1; w.Send(b); fill(); }",
            M + "{ Action fill = () => b[0] = 1; fill(); w.Send(b); }"),
        new("captured memory",
            M + """
            {
                var m = b.Memory;
                void Fill() => {|VMS2001:m.Span[0]|} = 1;
                w.Send(b);
                Fill();
            }
            """,
            M + """
            {
                var m = b.Memory;
                void Fill() => m.Span[0] = 1;
                Fill();
                w.Send(b);
            }
            """),
        new("captured and replaced",
            M + """
            {
                PageBuffer<int> e = b;
                Action send = () => { w.Send(e); };
                send();
                {|VMS2001:e[0]|} = 1;
            }
            """,
            M + """
            {
                PageBuffer<int> e = b;
                Action send = () => { w.Send(e); e = w.Rent<int>(4); };
                send();
                e[0] = 1;
                w.Send(e);
            }
            """),
        new("using statement", M + "{ using (b) { w.Send(b); {|VMS2001:b[0]|} = 1; } }", M + "{ using (b) { b[0] = 1; w.Send(b); } }"),
        new("using declaration", M + "{ using var r = w.Rent<int>(8); w.Send(r); {|VMS2001:r[0]|} = 1; }",
            M + "{ using var r = w.Rent<int>(8); r[0] = 1; w.Send(r); }"),
        new("view after using",
            M + """
            {
                Memory<int> m;
                using (var r = w.Rent<int>(8)) { m = r.Memory; }
                {|VMS2002:m.Span[0]|} = 1;
            }
            """,
            M + """
            {
                Memory<int> m;
                using (var r = w.Rent<int>(8)) { m = r.Memory; m.Span[0] = 1; }
            }
            """),
        new("fixed", M + "{ fixed (int* p = b.Span) { w.Send(b); {|VMS2001:p[0]|} = 1; } }", M + "{ fixed (int* p = b.Span) { p[0] = 1; w.Send(b); } }"),
        new("fixed element",
            M + """
            {
                fixed (int* p = &b[2], q = &d[2])
                {
                    w.Send(b);
                    {|VMS2001:*p|} = 1;
                    *q = 1;
                }
            }
            """,
            M + "{ fixed (int* p = &b[2], q = &d[2]) { *p = 1; w.Send(b); *q = 1; } }"),
        new("in argument", "static int Look(in int x) => x; " + M + "{ var s = b.Span; w.Send(b); n = Look(in {|VMS2002:s[0]|}); }",
            "static int Look(in int x) => x; " + M + "{ var s = b.Span; n = Look(in s[0]); w.Send(b); }"),
        new("ref argument", "static void Set(ref int x) { x = 1; } " + M + "{ var s = b.Span; w.Send(b); Set(ref {|VMS2001:s[0]|}); }",
            "static void Set(ref int x) { x = 1; } " + M + "{ var s = b.Span; Set(ref s[0]); w.Send(b); }"),
        new("out argument", "static void Get(out int x) { x = 1; } " + M + "{ var s = b.Span; w.Send(b); Get(out {|VMS2001:s[0]|}); }",
            "static void Get(out int x) { x = 1; } " + M + "{ var s = b.Span; Get(out s[0]); w.Send(b); }"),
        new("out argument of the base library",
            M + """
            {
                var s = b.Span;
                w.Send(b);
                int.TryParse("3", out {|VMS2001:s[0]|});
            }
            """,
            M + "{ var s = b.Span; int.TryParse(\"3\", out s[0]); w.Send(b); }"),
        new("buffer by in", "static void Fill(in PageBuffer<int> x) { x[0] = 1; } " + M + "{ w.Send(b); Fill(in {|VMS2001:b|}); }",
            "static void Fill(in PageBuffer<int> x) { x[0] = 1; } " + M + "{ Fill(in b); w.Send(b); }"),
        new("buffer by ref",
            """
            static void Renew(SpliceWriter w, ref PageBuffer<int> x) { x = w.Rent<int>(4); }

            """ + M + """
            {
                Memory<int> m = b.Memory;
                w.Send(b);
                Renew(w, ref b);
                {|VMS2001:m.Span[0]|} = 1;
                w.Send(b);
            }
            """,
            "static void Renew(SpliceWriter w, ref PageBuffer<int> x) { x = w.Rent<int>(4); } " + M + "{ w.Send(b); Renew(w, ref b); b[0] = 1; w.Send(b); }"),
        new("buffer by out",
            """
            static void Make(SpliceWriter w, out PageBuffer<int> x) { x = w.Rent<int>(4); }

            """ + M + "{ Make(w, out var e); w.Send(e); {|VMS2001:e[0]|} = 1; }",
            """
            static void Make(SpliceWriter w, out PageBuffer<int> x) { x = w.Rent<int>(4); }

            """ + M + "{ Make(w, out var e); e[0] = 1; w.Send(e); }"),
        new("stream read",
            M + """
            {
                var s = MemoryMarshal.AsBytes(b.Span);
                w.Send(b);
                n = stream.Read({|VMS2001:s|});
            }
            """,
            M + """
            {
                var s = MemoryMarshal.AsBytes(b.Span);
                n = stream.Read(s);
                w.Send(b);
            }
            """),
        new("stream write",
            M + """
            {
                var s = MemoryMarshal.AsBytes(b.Span);
                w.Send(b);
                stream.Write({|VMS2002:s|});
            }
            """,
            M + """
            {
                var s = MemoryMarshal.AsBytes(b.Span);
                stream.Write(s);
                w.Send(b);
            }
            """),
        new("random access read",
            M + """
            {
                var m = b.Memory;
                w.Send(b);
                RandomAccess.Read(new SafeFileHandle(), {|VMS2001:MemoryMarshal.AsBytes(m.Span)|}, 0);
            }
            """,
            M + """
            {
                var m = b.Memory;
                RandomAccess.Read(new SafeFileHandle(), MemoryMarshal.AsBytes(m.Span), 0);
                w.Send(b);
            }
            """),
        new("iterator",
            """
            IEnumerable<int> M(SpliceWriter w, PageBuffer<int> b)
            {
                yield return b.Length;
                w.Send(b);
                yield return 1;
                {|VMS2001:b.Span[0]|} = 1;
            }
            """,
            """
            IEnumerable<int> M(SpliceWriter w, PageBuffer<int> b)
            {
                yield return b.Length;
                b.Span[0] = 1;
                w.Send(b);
                yield return 1;
            }
            """),
        new("iterator that yields what it sends",
            """
            IEnumerable<PageBuffer<int>> M(SpliceWriter w)
            {
                for (int i = 0; i < 3; i++)
                {
                    var r = w.Rent<int>(4);
                    w.Send(r);
                    {|VMS2001:r[0]|} = i;
                    yield return r;
                }
            }
            """,
            """
            IEnumerable<PageBuffer<int>> M(SpliceWriter w)
            {
                for (int i = 0; i < 3; i++)
                {
                    var r = w.Rent<int>(4);
                    r[0] = i;
                    yield return r;
                }
            }
            """),
        new("async across await",
            """
            async Task M(SpliceWriter w, PageBuffer<int> b)
            {
                Memory<int> m = b.Memory;
                w.Send(b);
                await Task.Delay(1);
                {|VMS2001:m.Span[0]|} = 1;
            }
            """,
            """
            async Task M(SpliceWriter w, PageBuffer<int> b)
            {
                Memory<int> m = b.Memory;
                await Task.Delay(1);
                m.Span[0] = 1;
                w.Send(b);
            }
            """),
        new("async read into",
            """
            async Task M(SpliceWriter w, PageBuffer<byte> b, Stream stream)
            {
                Memory<byte> m = b.Memory;
                w.Send(b);
                await stream.ReadAsync({|VMS2001:m|});
            }
            """,
            """
            async Task M(SpliceWriter w, PageBuffer<byte> b, Stream stream)
            {
                Memory<byte> m = b.Memory;
                await stream.ReadAsync(m);
                w.Send(b);
            }
            """),
        new("async iterator",
            """
            async IAsyncEnumerable<int> M(SpliceWriter w, PageBuffer<int> b)
            {
                yield return 1;
                await w.SendAsync(b);
                yield return 2;
                {|VMS2001:b.Span[0]|} = 1;
            }
            """,
            """
            async IAsyncEnumerable<int> M(SpliceWriter w, PageBuffer<int> b)
            {
                yield return 1;
                b.Span[0] = 1;
                await w.SendAsync(b);
                yield return 2;
            }
            """),
    ];
}
