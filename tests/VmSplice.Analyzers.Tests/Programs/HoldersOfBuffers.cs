namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Properties over fields, structures and objects that are passed, collections that hold what using disposes.</summary>
internal sealed class HoldersOfBuffers : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SetterOverAField"] = """
            class S
            {
                PageBuffer<int> _b;
                PageBuffer<int> B { get => _b; set => _b = value; }
                public void M(SpliceWriter w)
                {
                    B = w.Rent<int>(4);
                    w.Send(B);
                    _b.Span[0] = 1; //~VMS2001
                    _b = default;
                }
            }
            """,
        ["GetterOverAField"] = """
            class S
            {
                PageBuffer<int> _b;
                PageBuffer<int> B
                {
                    get
                    {
                        return _b;
                    }
                    set
                    {
                        _b = value;
                    }
                }
                public void M(SpliceWriter w)
                {
                    _b = w.Rent<int>(4);
                    w.Send(_b);
                    B.Span[0] = 1; //~VMS2001
                    _b = default;
                }
            }
            """,
        ["StructureSentByAHelper"] = """
            struct H
            {
                public PageBuffer<int> B;
            }
            static class D
            {
                static void Ship(SpliceWriter w, H h) => w.Send(h.B);
                static void M(SpliceWriter w)
                {
                    H h = new()
                    {
                        B = w.Rent<int>(4)
                    };
                    Ship(w, h);
                    h.B.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["ObjectSentByAHelper"] = """
            sealed class H
            {
                public PageBuffer<int> B;
            }
            static class D
            {
                static void Ship(SpliceWriter w, H h) => w.Send(h.B); //~VMS2009
                static void M(SpliceWriter w)
                {
                    H h = new()
                    {
                        B = w.Rent<int>(4) //~VMS2013
                    };
                    Ship(w, h);
                    h.B.Span[0] = 1;
                }
            }
            """,
        ["StructureFilledThenSent"] = """
            struct H
            {
                public PageBuffer<int> B;
            }
            static class D
            {
                static void Fill(H h) => h.B.Span.Fill(1);
                static void M(SpliceWriter w)
                {
                    H h = new()
                    {
                        B = w.Rent<int>(4)
                    };
                    Fill(h);
                    w.Send(h.B);
                }
            }
            """,
        ["StructureFilledAfterTheSend"] = """
            struct H
            {
                public PageBuffer<int> B;
            }
            static class D
            {
                static void Fill(H h) => h.B.Span.Fill(1);
                static void M(SpliceWriter w)
                {
                    H h = new()
                    {
                        B = w.Rent<int>(4)
                    };
                    w.Send(h.B);
                    Fill(h); //~VMS2001
                }
            }
            """,
        ["RecordStructureByIn"] = """
            record struct H(PageBuffer<int> B, int N);
            static class D
            {
                static void Ship(SpliceWriter w, in H h) => w.Send(h.B);
                static void M(SpliceWriter w)
                {
                    H h = new(w.Rent<int>(4), 2);
                    Ship(w, h);
                    h.B.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["QueueHoldsWhatUsingDisposes"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, Queue<PageBuffer<int>> q)
                {
                    using PageBuffer<int> b = w.Rent<int>(4); //~VMS2009
                    q.Enqueue(b);
                }
            }
            """,
        ["ChannelHoldsWhatUsingDisposes"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, Channel<PageBuffer<int>> c)
                {
                    using PageBuffer<int> b = w.Rent<int>(4); //~VMS2009
                    c.Writer.TryWrite(b);
                }
            }
            """,
        ["ChannelIsWrittenWhatUsingDisposes"] = """
            internal static class Program
            {
                static async Task M(SpliceWriter w, Channel<PageBuffer<int>> c)
                {
                    using PageBuffer<int> b = w.Rent<int>(4); //~VMS2009
                    await c.Writer.WriteAsync(b);
                }
            }
            """,
        ["QueueHoldsABuffer"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, Queue<PageBuffer<int>> q)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    q.Enqueue(b);
                }
            }
            """,
        ["FieldHoldsWhatUsingDisposes"] = """
            class S
            {
                PageBuffer<int> _b;
                public void M(SpliceWriter w)
                {
                    using PageBuffer<int> b = w.Rent<int>(4); //~VMS2009
                    _b = b;
                }
            }
            """,
        ["ReturnsWhatUsingDisposes"] = """
            internal static unsafe class Program
            {
                static PageBuffer<int> M(SpliceWriter w)
                {
                    using PageBuffer<int> b = w.Rent<int>(4);
                    return b; //~VMS2002
                }
            }
            """,
        ["SetterOverAFieldReplaced"] = """
            class S
            {
                PageBuffer<int> _b;
                PageBuffer<int> B { get => _b; set => _b = value; }
                public void M(SpliceWriter w)
                {
                    B = w.Rent<int>(4);
                    w.Send(B);
                    B = w.Rent<int>(4);
                    _b.Span[0] = 1;
                }
            }
            """,
        ["SetterWithMoreThanAStore"] = """
            class S
            {
                PageBuffer<int> _b;
                int _n;
                PageBuffer<int> B
                {
                    get => _b;
                    set
                    {
                        _b = value;
                        _n++;
                    }
                }
                public void M(SpliceWriter w)
                {
                    B = w.Rent<int>(4);
                    w.Send(_b);
                    _b = default;
                    Console.WriteLine(_n);
                }
            }
            """,
        ["StructureFilledByAHelper"] = """
            struct H
            {
                public PageBuffer<int> B;
            }
            static class D
            {
                static void Fill(H h) => h.B.Span.Fill(1);
                static void M(SpliceWriter w)
                {
                    H h = new()
                    {
                        B = w.Rent<int>(4)
                    };
                    Fill(h);
                    w.Send(h.B);
                }
            }
            """,
        ["StructureReplacedAfterAHelperSentIt"] = """
            struct H
            {
                public PageBuffer<int> B;
            }
            static class D
            {
                static void Ship(SpliceWriter w, H h) => w.Send(h.B);
                static void M(SpliceWriter w)
                {
                    H h = new()
                    {
                        B = w.Rent<int>(4)
                    };
                    Ship(w, h);
                    h.B = w.Rent<int>(4);
                    h.B.Span[0] = 1;
                    w.Send(h.B);
                }
            }
            """,
        ["QueuedWithoutUsing"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, Queue<PageBuffer<int>> q)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    q.Enqueue(b);
                }
            }
            """,
        ["LocalListOfWhatUsingDisposes"] = """
            internal static unsafe class Program
            {
                static int M(SpliceWriter w)
                {
                    using PageBuffer<int> b = w.Rent<int>(4);
                    List<PageBuffer<int>> all = [b];
                    int n = 0;
                    foreach (var one in all)
                    {
                        n += one.Length;
                    }
                    return n;
                }
            }
            """,
        ["ReturnedWithoutUsing"] = """
            internal static unsafe class Program
            {
                static PageBuffer<int> M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    b[0] = 1;
                    return b;
                }
            }
            """,
        ["SentBufferReturnedForItsState"] = """
            internal static unsafe class Program
            {
                static PageBuffer<int> M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    w.Send(b);
                    return b;
                }
            }
            """,
    };
}
