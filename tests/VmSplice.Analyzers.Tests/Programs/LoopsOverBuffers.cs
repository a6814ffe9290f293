namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Loops that run once, and variables that move on in a loop.</summary>
internal sealed class LoopsOverBuffers : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WhileOnce"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> d)
                {
                    int i = 0;
                    while (i < 1)
                    {
                        w.Send(d);
                        i++;
                    }
                }
            }
            """,
        ["ForEachOverOneElement"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> d)
                {
                    foreach (SpliceWriter one in new[]
                    {
                        w
                    }
                    )
                    {
                        one.Send(d);
                    }
                }
            }
            """,
        ["ForEachOverAnArrayOfOne"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> d)
                {
                    SpliceWriter[] all = [w];
                    foreach (SpliceWriter one in all)
                    {
                        one.Send(d);
                    }
                }
            }
            """,
        ["ForEachOverAnArrayOfTwo"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, SpliceWriter v, PageBuffer<int> d)
                {
                    SpliceWriter[] all = [w, v];
                    foreach (SpliceWriter one in all)
                    {
                        one.Send(d); //~VMS2008
                    }
                }
            }
            """,
        ["FlagThatEndsTheLoop"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> d)
                {
                    bool first = true;
                    while (first)
                    {
                        w.Send(d);
                        first = false;
                    }
                }
            }
            """,
        ["DoOnce"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> d)
                {
                    int i = 0;
                    do
                    {
                        w.Send(d);
                        i++;
                    }
                    while (i < 1);
                }
            }
            """,
        ["WhileTwice"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> d)
                {
                    int i = 0;
                    while (i < 2)
                    {
                        w.Send(d); //~VMS2008
                        i++;
                    }
                }
            }
            """,
        ["ForEachOverARangeOfOne"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> d)
                {
                    foreach (int i in Enumerable.Range(0, 1))
                    {
                        w.Send(d, i + 1);
                    }
                }
            }
            """,
        ["TwoBuffersThatMoveOn"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> a = w.Rent<int>(64), b = w.Rent<int>(64);
                    while (n-- > 0)
                    {
                        a[0] = n;
                        w.Send(a);
                        a = b;
                        b = w.Rent<int>(64);
                    }
                    a.Dispose();
                    b.Dispose();
                }
            }
            """,
        ["ThreeBuffersThatMoveOn"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> a = w.Rent<int>(64), b = w.Rent<int>(64), c = w.Rent<int>(64);
                    for (int i = 0; i < n; i++)
                    {
                        a[0] = i;
                        w.Send(a);
                        a = b;
                        b = c;
                        c = w.Rent<int>(64);
                    }
                    a.Dispose();
                    b.Dispose();
                    c.Dispose();
                }
            }
            """,
        ["TwoBuffersThatAreExchanged"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    PageBuffer<int> front = w.Rent<int>(64), back = w.Rent<int>(64);
                    for (int i = 0; i < n; i++)
                    {
                        back[0] = i;
                        (front, back) = (back, front);
                        w.Send(front);
                        front = w.Rent<int>(64);
                    }
                    front.Dispose();
                    back.Dispose();
                }
            }
            """,
    };
}
