namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Buffers that come out of arrays, lists and dictionaries.</summary>
internal sealed class ElementsOfLists : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FirstElementWrittenAfterItWasSent"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w)
                {
                    List<PageBuffer<int>> l = [w.Rent<int>(4)];
                    w.Send(l[0]); //~VMS2009
                    l[0].Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["ListSentThenWrittenInALoop"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w)
                {
                    List<PageBuffer<int>> l = [w.Rent<int>(4)];
                    foreach (var b in l)
                        w.Send(b);
                    foreach (var b in l)
                        b.Span[0] = 1; //~VMS2004
                }
            }
            """,
        ["ArraySentInALoopThenItsFirstElementWritten"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] a)
                {
                    foreach (var b in a)
                        w.Send(b);
                    a[0].Span[0] = 1; //~VMS2004
                }
            }
            """,
        ["ElementByConstantIndex"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] a)
                {
                    w.Send(a[0]);
                    a[0].Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["ElementByVariableIndex"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] a, int i)
                {
                    w.Send(a[i]);
                    a[i].Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["AnotherElement"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] a)
                {
                    w.Send(a[0]);
                    a[1].Span[0] = 1;
                    w.Send(a[1]);
                }
            }
            """,
        ["IndexThatMovedOn"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] a, int i)
                {
                    w.Send(a[i]);
                    i++;
                    a[i].Span[0] = 1;
                }
            }
            """,
        ["ElementReplacedInItsRound"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] a)
                {
                    for (int i = 0; i < a.Length; i++)
                    {
                        a[i].Span[0] = 1;
                        w.Send(a[i]);
                        a[i] = w.Rent<int>(4);
                    }
                }
            }
            """,
        ["ArraySentTwiceAsAWhole"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] a)
                {
                    w.SendAll(a);
                    w.SendAll(a); //~VMS2004
                }
            }
            """,
        ["ElementOfADictionary"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w)
                {
                    var d = new Dictionary<int, PageBuffer<int>>();
                    d[1] = w.Rent<int>(4);
                    w.Send(d[1]);
                    d[1].Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["ListClearedAfterItWasSent"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    foreach (var b in l)
                        w.Send(b);
                    l.Clear();
                }
            }
            """,
        ["ArrayOfTheCallerSent"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] a)
                {
                    foreach (var b in a)
                        w.Send(b);
                }
            }
            """,
        ["QueueEmptiedByTheLoop"] = """
            class S
            {
                Queue<PageBuffer<int>> _q = new();
                public void M(SpliceWriter w)
                {
                    while (_q.TryDequeue(out var b))
                        w.Send(b);
                }
            }
            """,
        ["TwoElementsThatAreOneBuffer"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w)
                {
                    var a = new PageBuffer<int>[2];
                    a[0] = w.Rent<int>(4);
                    a[1] = a[0];
                    w.Send(a[0]);
                    w.Send(a[1]); //~VMS2008
                }
            }
            """,
    };
}
