namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Buffers, addresses and record writers that are elements of lists.</summary>
internal sealed class ElementsKnownByPlace : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LocalListSentAndKeptInField"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    List<PageBuffer<int>> l = [w.Rent<int>(4), w.Rent<int>(4)];
                    foreach (PageBuffer<int> b in l) { w.Send(b); }
                    l[0][0] = 1; //~VMS2004
                }
            }
            """,
        ["FirstOfAList"] = """
            static class P
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    w.Send(l[0]);
                    l[0][0] = 1; //~VMS2001
                }
            }
            """,
        ["LastFirst"] = """
            static class P
            {
                static void M(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    w.Send(l[^1]);
                    l[^1][0] = 1; //~VMS2001
                }
            }
            """,
        ["Dictionary"] = """
            static class P
            {
                static void M(SpliceWriter w, Dictionary<string, PageBuffer<int>> l)
                {
                    w.Send(l["a"]);
                    l["a"][0] = 1; //~VMS2001
                }
            }
            """,
        ["ArrayConstants"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int>[] a = new PageBuffer<int>[2];
                    a[0] = w.Rent<int>(4);
                    a[1] = w.Rent<int>(4);
                    w.Send(a[0]);
                    a[1][0] = 2;
                    w.Send(a[1]);
                    a[0][0] = 1; //~VMS2001
                }
            }
            """,
        ["FieldListKept"] = """
            sealed class P
            {
                private readonly List<PageBuffer<int>> _all = [];
                public void M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    _all.Add(b);
                    w.Send(b); //~VMS2009
                }
            }
            """,
        ["FieldListForeachSent"] = """
            sealed class P
            {
                private readonly List<PageBuffer<int>> _all = [];
                public void Add(PageBuffer<int> b) => _all.Add(b);
                public void M(SpliceWriter w)
                {
                    foreach (PageBuffer<int> b in _all)
                    {
                        w.Send(b);
                    }
                }
            }
            """,
        ["RightElements"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    List<PageBuffer<int>> l = [w.Rent<int>(4), w.Rent<int>(4)];
                    l[0][0] = 1;
                    foreach (PageBuffer<int> b in l) { w.Send(b); }
                    l.Clear();
                    l.Add(w.Rent<int>(4));
                    l[0][0] = 1;
                    w.Send(l[^1]);
                }
                static void N(SpliceWriter w, List<PageBuffer<int>> l)
                {
                    while (l.Count > 0)
                    {
                        l[^1][0] = 1;
                        w.Send(l[^1]);
                        l.RemoveAt(l.Count - 1);
                    }
                }
            }
            """,
        ["RightAddressesInLists"] = """
            static unsafe class P
            {
                static void M(SafeHandle pipe, nint[] a, int n)
                {
                    for (int i = 0; i < n; i++)
                    {
                        Marshal.WriteByte(a[i], 1);
                        if (RawPipe.VmSplice(pipe, new IoVec(a[i], 64), SpliceFlags.None) != 64) { throw new IOException(); }
                    }
                }
                static void N(SafeHandle pipe, byte*[] a)
                {
                    a[0][0] = 1;
                    if (RawPipe.VmSplice(pipe, new IoVec((nint)a[0], 64), SpliceFlags.None) != 64) { throw new IOException(); }
                    a[1][0] = 1;
                }
                static void O(SafeHandle pipe, Stream answer, nint[] two, long rounds)
                {
                    for (long i = 0; i < rounds; i++)
                    {
                        nint at = two[i & 1];
                        Marshal.WriteByte(at, 1);
                        if (RawPipe.VmSplice(pipe, new IoVec(at, 64), SpliceFlags.None) != 64) { throw new IOException(); }
                        answer.ReadByte();
                    }
                }
            }
            """,
        ["MemoryWriterOfTwo"] = """
            static class P
            {
                static void M(RecordWriter<Tick> a, RecordWriter<Tick> b, bool c)
                {
                    RecordWriter<Tick> e = c ? a : b;
                    for (int i = 0; i < 4; i++)
                    {
                        ref Tick t = ref e.Next();
                        t.Price = 1;
                        t.Time = i;
                    }
                    e.Flush();
                }
                static void N(RecordWriter<Tick>[] all, int i)
                {
                    ref Tick t = ref all[i].Next();
                    t.Price = 1;
                    all[i].Flush();
                    ref Tick u = ref all[i].Next();
                    u.Price = 2;
                    all[i].Complete();
                }
                static void O(List<RecordWriter<Tick>> all)
                {
                    foreach (RecordWriter<Tick> one in all)
                    {
                        one.Next().Price = 1;
                        one.Complete();
                    }
                }
            }
            """,
    };
}
