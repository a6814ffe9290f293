namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Views that a callee hands out, and views that leave the method by whatever way.</summary>
internal sealed class ViewsThatLeave : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ViewThatACalleeMovesOn"] = """
            static class D
            {
                static void PutInt(ref Span<byte> s, int v)
                {
                    BitConverter.TryWriteBytes(s, v);
                    s = s[4..];
                }
                static void M(SpliceWriter w, PageBuffer<byte> buffer)
                {
                    Span<byte> rest = buffer.Span;
                    PutInt(ref rest, 1);
                    w.Send(buffer, 4);
                    PutInt(ref rest, 2); //~VMS2001
                }
            }
            """,
        ["ViewThatACalleeGivesByOut"] = """
            internal static unsafe class Program
            {
                static void Get(PageBuffer<byte> b, out Span<byte> s)
                {
                    s = b.Span;
                }
                static void M(SpliceWriter w, PageBuffer<byte> buffer)
                {
                    Get(buffer, out Span<byte> s);
                    w.Send(buffer);
                    s[0] = 1; //~VMS2001
                }
            }
            """,
        ["BuffersThatACalleeExchanges"] = """
            internal static unsafe class Program
            {
                static void Swap(ref PageBuffer<byte> a, ref PageBuffer<byte> b)
                {
                    PageBuffer<byte> t = a;
                    a = b;
                    b = t;
                }
                static void M(SpliceWriter w, PageBuffer<byte> a, PageBuffer<byte> b)
                {
                    Swap(ref a, ref b);
                    w.Send(a);
                    a[0] = 1; //~VMS2001
                }
            }
            """,
        ["ViewByIn"] = """
            internal static unsafe class Program
            {
                static void Fill(in Span<byte> s)
                {
                    s[0] = 1;
                }
                static void M(SpliceWriter w, PageBuffer<byte> buffer)
                {
                    Span<byte> s = buffer.Span;
                    w.Send(buffer);
                    Fill(in s); //~VMS2001
                }
            }
            """,
        ["ViewReturnedAfterTheSend"] = """
            internal static unsafe class Program
            {
                static Span<int> M(SpliceWriter w, PageBuffer<int> b)
                {
                    Span<int> s = b.Span;
                    w.Send(b);
                    return s; //~VMS2002
                }
            }
            """,
        ["ViewLeavesByOut"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b, out Memory<int> m)
                {
                    m = b.Memory;
                    w.Send(b); //~VMS2009
                }
            }
            """,
        ["ViewLeavesInATuple"] = """
            internal static unsafe class Program
            {
                static (Memory<int>, int) M(SpliceWriter w, PageBuffer<int> b)
                {
                    var m = b.Memory;
                    w.Send(b);
                    return (m, 1); //~VMS2002
                }
            }
            """,
        ["ViewLeavesInAField"] = """
            class S
            {
                Memory<int> _m;
                public void M(SpliceWriter w, PageBuffer<int> b)
                {
                    _m = b.Memory;
                    w.Send(b); //~VMS2009
                }
            }
            """,
        ["BatchReturnedOutOfItsReader"] = """
            internal static unsafe class Program
            {
                static ReadOnlyMemory<Tick> M(SpliceReader r)
                {
                    using RecordReader<Tick> reader = new(r);
                    return reader.ReadBatchAsync().AsTask().Result; //~VMS2003
                }
            }
            """,
        ["ViewReturnedOutOfUsing"] = """
            internal static unsafe class Program
            {
                static Memory<int> M(SpliceWriter w)
                {
                    using var b = w.Rent<int>(4);
                    return b.Memory; //~VMS2002
                }
            }
            """,
        ["OutViewWrittenBeforeTheSend"] = """
            internal static unsafe class Program
            {
                static void Get(PageBuffer<byte> b, out Span<byte> s)
                {
                    s = b.Span;
                }
                static void M(SpliceWriter w, PageBuffer<byte> buffer)
                {
                    Get(buffer, out Span<byte> s);
                    s[0] = 1;
                    w.Send(buffer);
                }
            }
            """,
        ["SwappedBuffersOneSent"] = """
            internal static unsafe class Program
            {
                static void Swap(ref PageBuffer<byte> a, ref PageBuffer<byte> b)
                {
                    PageBuffer<byte> t = a;
                    a = b;
                    b = t;
                }
                static void M(SpliceWriter w, PageBuffer<byte> a, PageBuffer<byte> b)
                {
                    Swap(ref a, ref b);
                    w.Send(a);
                    b[0] = 1;
                    w.Send(b);
                }
            }
            """,
        ["TupleOfAViewOfTheCallersBuffer"] = """
            internal static unsafe class Program
            {
                static (Memory<int>, int) M(PageBuffer<int> b)
                {
                    var m = b.Memory;
                    return (m, 1);
                }
            }
            """,
    };
}
