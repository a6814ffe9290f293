namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>Every way in which control comes from the hand-over to the use, or does not.</summary>
public sealed class PathFormsTests : FormsTests<PathFormsTests>, IForms
{
    private const string M = "unsafe void M(SpliceWriter w, PageBuffer<int> b, PageBuffer<int> d, bool c, int n, SafeHandle fd) ";
    private const string P = "byte* p = (byte*)NativeMemory.Alloc(64); ";

    public static Form[] Forms { get; } =
    [
        new("both branches", M + "{ if (c) { w.Send(b); } else { w.Gift(b); } {|VMS2001:b[0]|} = 1; }",
            M + "{ if (c) { b[0] = 1; w.Send(b); } else { b[0] = 2; w.Send(b); } }"),
        new("one branch", M + "{ if (c) { w.Send(b); } {|VMS2004:b[0]|} = 1; }", M + "{ if (c) { w.Send(b); } else { b[0] = 1; } }"),
        new("loop whose top writes what its bottom sent", M + "{ while (n-- > 0) { {|VMS2001:b[0]|} = n; w.Send(b); } }",
            M + """
            {
                while (n-- > 0)
                {
                    b[0] = n;
                    w.Send(b);
                    b = w.Rent<int>(4);
                }
                b.Dispose();
            }
            """),
        new("loop over a view",
            M + """
            {
                Memory<int> m = b.Memory;
                for (int i = 0; i < n; i++)
                {
                    {|VMS2001:m.Span[i]|} = i;
                    w.Send({|VMS2008:b|});
                }
            }
            """,
            M + """
            {
                Memory<int> m = b.Memory;
                for (int i = 0; i < n; i++) { m.Span[i] = i; }
                w.Send(b);
            }
            """),
        new("use after the loop",
            M + """
            {
                for (int i = 0; i < 3; i++)
                {
                    if (i == 1) { w.Send(b); break; }
                }
                {|VMS2004:b[0]|} = 1;
            }
            """,
            M + """
            {
                for (int i = 0; i < 3; i++)
                {
                    if (i == 1) { w.Send(b); return; }
                }
                b[0] = 1;
            }
            """),
        new("do loop", M + "{ do { w.Send({|VMS2008:b|}); } while (c); }", M + "{ do { b[0] = n; } while (n-- > 0); w.Send(b); }"),
        new("foreach",
            M + """
            {
                foreach (int x in new[] { 1, 2 })
                {
                    {|VMS2001:b[0]|} = x;
                    w.Send(b);
                }
            }
            """,
            M + "{ foreach (int x in new[] { 1, 2 }) { b[0] = x; } w.Send(b); }"),
        new("switch statement",
            M + """
            {
                switch (n)
                {
                    case 1: w.Send(b);
                    break;
                    default: w.Send(b);
                    break;
                }
                {|VMS2001:b[0]|} = 1;
            }
            """,
            M + """
            {
                switch (n)
                {
                    case 1: w.Send(b);
                    break;
                    default: b[0] = 1;
                    break;
                }
            }
            """),
        new("switch expression that picks",
            M + """
            {
                var e = n switch { 1 => b, 2 => d, _ => b };
                w.Send(b);
                w.Send(d);
                {|VMS2001:e[0]|} = 1;
            }
            """,
            M + """
            {
                var e = n switch { 1 => b, 2 => d, _ => b };
                e[0] = 1;
                w.Send(b);
                w.Send(d);
            }
            """),
        new("switch expression that sends",
            """
            static int Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); return 1; }

            """ + M + """
            {
                n = n switch { 1 => Send(w, b), _ => Send(w, b) };
                {|VMS2001:b[0]|} = n;
            }
            """,
            """
            static int Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); return 1; }

            """ + M + """
            {
                n = n switch { 1 => b[0] = 1, _ => b[1] = 2 };
                n = n switch { 1 => Send(w, b), _ => Send(w, b) };
            }
            """),
        new("switch expression, one arm",
            """
            static int Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); return 1; }

            """ + M + "{ n = n switch { 1 => Send(w, b), _ => 0 }; {|VMS2004:b[0]|} = n; }",
            """
            static int Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); return 1; }

            """ + M + "{ n = n switch { 1 => Send(w, b), _ => b[0] = 1 }; }"),
        new("finally", M + "{ try { w.Send(b); } finally { {|VMS2001:b[0]|} = 1; } }", M + "{ try { b[0] = 1; w.Send(b); } finally { b.Dispose(); } }"),
        new("catch of any", M + "{ try { w.Send(b); } catch (Exception) { {|VMS2004:b[0]|} = 1; } }",
            M + "{ try { b[0] = 1; } catch (Exception) { b[0] = 2; } w.Send(b); }"),
        new("catch of a failed send",
            M + """
            {
                try { w.Send(b); }
                catch (IOException) { w.Send({|VMS2008:b|}); }
            }
            """,
            M + "{ try { w.Send(b); } catch (IOException) { n = 1; } }"),
        new("after try and catch",
            M + """
            {
                try { w.Send(b); }
                catch (IOException) { n = 1; }
                {|VMS2001:b[0]|} = 1;
            }
            """,
            M + "{ try { w.Send(b); } catch (IOException) { b = d; } }"),
        new("catch with a filter",
            M + """
            {
                try { w.Send(b); }
                catch (IOException) when (c) { n = 1; }
                {|VMS2001:b[0]|} = 1;
            }
            """,
            M + """
            {
                try { b[0] = 1; }
                catch (IOException) when (c) { n = 1; }
                w.Send(b);
            }
            """),
        new("early return", M + "{ w.Send(b); if (c) { return; } {|VMS2001:b[0]|} = 1; }", M + "{ if (c) { w.Send(b); return; } b[0] = 1; w.Send(b); }"),
        new("goto",
            M + """
            {
                goto Send;
                Fill: {|VMS2001:b[0]|} = 1;
                return;
                Send: w.Send(b);
                goto Fill;
            }
            """,
            M + "{ goto Fill; Send: w.Send(b); return; Fill: b[0] = 1; goto Send; }"),
        new("goto case",
            M + """
            {
                switch (n)
                {
                    case 1: w.Send(b);
                    goto case 2;
                    case 2: {|VMS2004:b[0]|} = 1;
                    break;
                }
            }
            """,
            M + """
            {
                switch (n)
                {
                    case 1: b[0] = 1;
                    goto case 2;
                    case 2: w.Send(b);
                    break;
                }
            }
            """),
        new("throw statement",
            M + """
            {
                w.Send(b);
                if (c) { throw new IOException(); }
                {|VMS2001:b[0]|} = 1;
            }
            """,
            M + """
            {
                if (c) { w.Send(b); throw new IOException(); }
                b[0] = 1;
                w.Send(b);
            }
            """),
        new("throw expression",
            M + """
            {
                w.Send(b);
                n = c ? 1 : throw new IOException();
                {|VMS2001:b[0]|} = n;
            }
            """,
            M + "{ n = c ? 1 : throw new IOException(); b[0] = n; w.Send(b); }"),
        new("throw expression in a coalescing",
            """
            void M(SpliceWriter w, PageBuffer<int> b, string? s)
            {
                w.Send(b);
                string t = s ?? throw new IOException();
                {|VMS2001:b[0]|} = t.Length;
            }
            """,
            """
            void M(SpliceWriter w, PageBuffer<int> b, string? s)
            {
                string t = s ?? throw new IOException();
                b[0] = t.Length;
                w.Send(b);
            }
            """),
        new("null-conditional call",
            """
            void M(SpliceWriter w, Frame? f)
            {
                w.Send(f!);
                f?{|VMS2001:.Pixels.Clear()|};
            }
            """,
            """
            void M(SpliceWriter w, Frame? f)
            {
                f?.Pixels.Clear();
                if (f is not null) { w.Send(f); }
            }
            """),
        new("null-conditional writer",
            """
            void M(SpliceWriter? w, PageBuffer<int> b)
            {
                w?.Send(b);
                {|VMS2004:b[0]|} = 1;
            }
            """,
            "void M(SpliceWriter? w, PageBuffer<int> b) { b[0] = 1; w?.Send(b); }"),
        new("null-conditional read",
            """
            void M(SpliceWriter w, PageBuffer<int>? b)
            {
                if (b is { } x) { w.Send(x); }
                int? n = b?{|VMS2002:.Span|}.Length;
            }
            """,
            """
            void M(SpliceWriter w, PageBuffer<int>? b)
            {
                int? n = b?.Span.Length;
                if (b is { } x) { w.Send(x); }
            }
            """),
        new("result compared with -1",
            M + "{ " + P + """
            nint k = RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
            if (k != -1) { {|VMS2001:p[0]|} = 1; }
            }
            """,
            M + "{ " + P + """
            nint k = RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
            if (k == -1) { p[0] = 1; }
            }
            """),
        new("result compared with -1 at once",
            M + "{ " + P + """
            if (RawPipe.VmSplice(fd, [new IoVec(p, 64)]) == -1) { return; }
            {|VMS2001:p[0]|} = 1;
            }
            """,
            M + "{ " + P + "if (RawPipe.VmSplice(fd, [new IoVec(p, 64)]) == -1) { p[0] = 1; } }"),
        new("result compared with 0",
            M + "{ " + P + """
            nint k = RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
            if (k > 0) { {|VMS2007:NativeMemory.Free(p)|}; }
            }
            """,
            M + "{ " + P + """
            nint k = RawPipe.VmSplice(fd, [new IoVec(p, 64)]);
            if (k <= 0) { NativeMemory.Free(p); }
            }
            """),
        new("result less than 0",
            M + "{ " + P + """
            nint k;
            if ((k = RawPipe.VmSplice(fd, [new IoVec(p, 64)])) < 0) { return; }
            {|VMS2001:p[0]|} = 1;
            }
            """,
            M + "{ " + P + """
            nint k;
            if ((k = RawPipe.VmSplice(fd, [new IoVec(p, 64)])) < 0) { p[0] = 1; }
            }
            """),
        new("same condition twice", M + "{ if (c) { w.Send(b); } if (c) { {|VMS2001:b[0]|} = 1; } }", M + "{ if (c) { w.Send(b); } if (!c) { b[0] = 1; } }"),
        new("same comparison twice", M + "{ if (n > 3) { w.Send(b); } if (n > 3) { {|VMS2001:b[0]|} = 1; } }",
            M + "{ if (n > 3) { w.Send(b); } if (n <= 3) { b[0] = 1; } }"),
        new("flag set where it is sent",
            M + """
            {
                bool sent = false;
                if (n > 3) { w.Send(b); sent = true; }
                if (sent) { {|VMS2001:b[0]|} = 1; }
            }
            """,
            M + """
            {
                bool sent = false;
                if (n > 3) { w.Send(b); sent = true; }
                if (!sent) { b[0] = 1; }
            }
            """),
        new("constant condition", M + "{ if (true) { w.Send(b); } {|VMS2001:b[0]|} = 1; }", M + "{ if (false) { w.Send(b); } b[0] = 1; }"),
        new("short circuit",
            """
            static bool Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); return true; }

            """ + M + "{ if (c && Send(w, b)) { {|VMS2001:b[0]|} = 1; } }",
            """
            static bool Send(SpliceWriter w, PageBuffer<int> x) { w.Send(x); return true; }

            """ + M + "{ if (c && Send(w, b)) { return; } }"),
    ];
}
