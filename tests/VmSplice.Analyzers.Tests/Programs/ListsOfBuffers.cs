namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Lists of buffers that are gone through by loops, and stay where they are.</summary>
internal sealed class ListsOfBuffers : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ListSentTwice"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    foreach (var b in l)
                    {
                        w.Send(b);
                    }
                    foreach (var b in l)
                    {
                        w.Send(b); //~VMS2004
                    }
                }
            }
            """,
        ["ArraySentTwiceByIndex"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] l)
                {
                    for (int i = 0; i < l.Length; i++)
                    {
                        w.Send(l[i]);
                    }
                    for (int i = 0; i < l.Length; i++)
                    {
                        w.Send(l[i]); //~VMS2004
                    }
                }
            }
            """,
        ["ArraySentInEachRound"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] l)
                {
                    for (int round = 0; round < 2; round++)
                        foreach (var b in l)
                        {
                            w.Send(b); //~VMS2004
                        }
                }
            }
            """,
        ["ArraySentTwiceByTwoIndices"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] l)
                {
                    for (int i = 0; i < l.Length; i++)
                    {
                        w.Send(l[i]);
                    }
                    for (int j = 0; j < l.Length; j++)
                    {
                        w.Send(l[j]); //~VMS2004
                    }
                }
            }
            """,
        ["SentByIndexThenByForEach"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] l)
                {
                    for (int i = 0; i < l.Length; i++)
                    {
                        w.Send(l[i]);
                    }
                    foreach (var b in l)
                    {
                        w.Send(b); //~VMS2004
                    }
                }
            }
            """,
        ["SentByForEachThenByIndex"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] l)
                {
                    foreach (var b in l)
                    {
                        w.Send(b);
                    }
                    for (int i = 0; i < l.Length; i++)
                    {
                        w.Send(l[i]); //~VMS2004
                    }
                }
            }
            """,
        ["FieldWhoseListIsCleared"] = """
            class S
            {
                List<PageBuffer<int>> _l = [];
                public void M(SpliceWriter w)
                {
                    foreach (var b in _l)
                        w.Send(b);
                    _l.Clear();
                }
            }
            """,
        ["FieldWhoseListIsReplaced"] = """
            class S
            {
                List<PageBuffer<int>> _l = [];
                public void M(SpliceWriter w)
                {
                    foreach (var b in _l)
                        w.Send(b);
                    _l = [];
                }
            }
            """,
        ["FieldWhoseElementsAreReplaced"] = """
            class S
            {
                PageBuffer<int>[] _l = [];
                public void M(SpliceWriter w)
                {
                    for (int i = 0; i < _l.Length; i++)
                    {
                        w.Send(_l[i]);
                        _l[i] = w.Rent<int>(4);
                    }
                }
            }
            """,
        ["ArrayFilledAgainInEachRound"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] l)
                {
                    for (int r = 0; r < 3; r++)
                    {
                        for (int i = 0; i < l.Length; i++)
                        {
                            l[i] = w.Rent<int>(4);
                            l[i].Span[0] = 1;
                        }
                        for (int i = 0; i < l.Length; i++)
                        {
                            w.Send(l[i]);
                        }
                    }
                }
            }
            """,
        ["ArrayFilledAgainBetweenTwoSends"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, int n)
                {
                    var l = new PageBuffer<int>[n];
                    for (int i = 0; i < n; i++)
                        l[i] = w.Rent<int>(4);
                    w.SendAll(l);
                    for (int i = 0; i < n; i++)
                        l[i] = w.Rent<int>(4);
                    w.SendAll(l);
                }
            }
            """,
        ["FirstElementRemovedAfterItWasSent"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    w.Send(l[0]);
                    l.RemoveAt(0);
                    w.Send(l[0]);
                    l.RemoveAt(0);
                }
            }
            """,
        ["KeysRemovedAfterTheyWereSent"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, Dictionary<string, PageBuffer<int>> d, string a, string b)
                {
                    w.Send(d[a]);
                    d.Remove(a);
                    w.Send(d[b]);
                    d.Remove(b);
                }
            }
            """,
        ["LastElementTakenInALoop"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    while (l.Count > 0)
                    {
                        PageBuffer<int> b = l[^1];
                        l.RemoveAt(l.Count - 1);
                        w.Send(b);
                    }
                }
            }
            """,
        ["ListWrittenThenSent"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    foreach (var b in l)
                    {
                        b.Span[0] = 1;
                    }
                    foreach (var b in l)
                    {
                        w.Send(b);
                    }
                }
            }
            """,
        ["ElementReplacedThenWritten"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] l, int n)
                {
                    w.Send(l[n]);
                    l[n] = w.Rent<int>(4);
                    l[n].Span[0] = 2;
                }
            }
            """,
        ["RingOfBuffers"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int>[] ring)
                {
                    int at = 0;
                    while (true)
                    {
                        PageBuffer<int> b = ring[at];
                        b.Span[0] = 1;
                        w.Send(b);
                        ring[at] = w.Rent<int>(4);
                        at = (at + 1) % ring.Length;
                        if (at == 0)
                            return;
                    }
                }
            }
            """,
        ["StateAskedInBothLoops"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    foreach (var b in l)
                    {
                        if (b.State == PageBufferState.Owned)
                            w.Send(b);
                    }
                    foreach (var b in l)
                    {
                        if (b.State == PageBufferState.Owned)
                            b.Dispose();
                    }
                    l.Clear();
                }
            }
            """,
        ["ListDisposedInFinally"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    try
                    {
                        foreach (var b in l)
                            w.Send(b);
                    }
                    finally
                    {
                        foreach (var b in l)
                            b.Dispose();
                        l.Clear();
                    }
                }
            }
            """,
    };
}
