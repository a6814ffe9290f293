namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Views by patterns and references, functions that run once for each element, segments behind void pointers.</summary>
internal sealed class ViewsByOtherSyntax : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ViewByAPattern"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> buffer)
                {
                    if (buffer is { Span: var view })
                    {
                        w.Send(buffer);
                        view[0] = 1; //~VMS2001
                    }
                }
            }
            """,
        ["MemoryByAPattern"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> buffer)
                {
                    if (buffer.Memory is { Length: > 0 } m)
                    {
                        w.Send(buffer);
                        m.Span[0] = 1; //~VMS2001
                    }
                }
            }
            """,
        ["ReferenceField"] = """
            ref struct R
            {
                public ref int First;
            }
            static class D
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    R r = new R
                    {
                        First = ref b.Span[0]
                    };
                    w.Send(b);
                    r.First = 1; //~VMS2001
                }
            }
            """,
        ["BoxedBuffer"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    object o = b;
                    w.Send(b);
                    ((PageBuffer<int>)o).Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["RestOfAListPattern"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Span is [var first, ..var rest])
                    {
                        w.Send(b);
                        rest[0] = first; //~VMS2001
                    }
                }
            }
            """,
        ["ViewByASwitch"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    switch (b)
                    {
                        case { Memory: var m }:
                            w.Send(b);
                            m.Span[0] = 1; //~VMS2001
                            break;
                    }
                }
            }
            """,
        ["BufferBehindItsInterface"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    IMemoryOwner<int> o = b;
                    w.Send(b);
                    o.Memory.Span[0] = 1; //~VMS2001
                }
            }
            """,
        ["FieldFilledAndGivenTwice"] = """
            unsafe class S
            {
                byte* _p = (byte*)NativeMemory.AlignedAlloc(4096, 4096);
                public void Send(SafeHandle pipe)
                {
                    _p[0] = 1;
                    G(pipe);
                    _p[0] = 2; //~VMS2001
                    G(pipe);
                }
                void G(SafeHandle pipe)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(_p, 4096), SpliceFlags.None) != 4096)
                        throw new IOException();
                }
            }
            """,
        ["LambdaCalledForEachWriter"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter[] writers, PageBuffer<int> b)
                {
                    Action<SpliceWriter> send = w => w.Send(b); //~VMS2004
                    foreach (var w in writers)
                        send(w);
                }
            }
            """,
        ["ArrayForEach"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter[] writers, PageBuffer<int> b)
                {
                    Array.ForEach(writers, w => w.Send(b)); //~VMS2004
                }
            }
            """,
        ["ListForEach"] = """
            internal static unsafe class Program
            {
                static void M(List<SpliceWriter> writers, PageBuffer<int> b)
                {
                    writers.ForEach(w => w.Send(b)); //~VMS2004
                }
            }
            """,
        ["ParallelForEach"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter[] writers, PageBuffer<int> b)
                {
                    Parallel.ForEach(writers, w => w.Send(b)); //~VMS2004
                }
            }
            """,
        ["OneBufferToManyWriters"] = """
            internal static unsafe class Program
            {
                static Task M(SpliceWriter[] ws, PageBuffer<int> b) => Task.WhenAll(ws.Select(w => w.SendAsync(b).AsTask())); //~VMS2004
            }
            """,
        ["StackMemoryBehindAVoidPointer"] = """
            static unsafe class D
            {
                [DllImport("libc", SetLastError = true)]
                static extern nint vmsplice(int fd, void* v, nuint n, uint flags);
                struct iovec
                {
                    public void* b;
                    public nuint n;
                }
                public static void M(int fd)
                {
                    byte* p = stackalloc byte[64];
                    iovec v = new()
                    {
                        b = p,
                        n = 64
                    };
                    if (vmsplice(fd, &v, 1, 0) != 64) //~VMS2005
                        throw new IOException();
                }
            }
            """,
        ["WriteBehindAVoidPointer"] = """
            static unsafe class D
            {
                [DllImport("libc", SetLastError = true)]
                static extern nint vmsplice(int fd, void* v, nuint n, uint flags);
                struct iovec
                {
                    public void* b;
                    public nuint n;
                }
                public static void M(int fd, byte* p)
                {
                    iovec* v = stackalloc iovec[1];
                    v->b = p;
                    v->n = 64;
                    if (vmsplice(fd, v, 1, 0) != 64)
                        throw new IOException();
                    p[0] = 1; //~VMS2001
                }
            }
            """,
        ["WriteBehindANumber"] = """
            static unsafe class D
            {
                [DllImport("libc", SetLastError = true)]
                static extern nint vmsplice(int fd, nint v, nuint n, uint flags);
                struct iovec
                {
                    public void* b;
                    public nuint n;
                }
                public static void M(int fd, byte* p)
                {
                    iovec v = new()
                    {
                        b = p,
                        n = 64
                    };
                    if (vmsplice(fd, (nint)(&v), 1, 0) != 64)
                        throw new IOException();
                    p[0] = 1; //~VMS2001
                }
            }
            """,
        ["VectorOfTwoNumbers"] = """
            static unsafe class D
            {
                [DllImport("libc", SetLastError = true)]
                static extern nint vmsplice(int fd, void* v, nuint n, uint flags);
                public static void M(int fd, nint address, nint length)
                {
                    nint* v = stackalloc nint[2]
                    {
                        address,
                        length
                    };
                    if (vmsplice(fd, v, 1, 0) != 64)
                        throw new IOException();
                }
            }
            """,
        ["ViewByAPatternWrittenBeforeTheSend"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> buffer)
                {
                    if (buffer is { Span: var view })
                    {
                        view[0] = 1;
                        w.Send(buffer);
                    }
                }
            }
            """,
        ["ListPatternReadBeforeTheSend"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    if (b.Span is [var first, ..var rest])
                    {
                        rest[0] = first;
                        w.Send(b);
                    }
                }
            }
            """,
        ["ReferenceFieldWrittenBeforeTheSend"] = """
            ref struct R
            {
                public ref int First;
            }
            static class D
            {
                static void M(SpliceWriter w, PageBuffer<int> b)
                {
                    R r = new R
                    {
                        First = ref b.Span[0]
                    };
                    r.First = 1;
                    w.Send(b);
                }
            }
            """,
        ["EachWriterGetsItsOwn"] = """
            internal static unsafe class Program
            {
                static void M(List<SpliceWriter> writers)
                {
                    writers.ForEach(w =>
                    {
                        var b = w.Rent<int>(4);
                        w.Send(b);
                    });
                }
            }
            """,
        ["FrozenContentToEachWriter"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter[] writers, FrozenPages<int> f)
                {
                    Array.ForEach(writers, w => w.Send(f));
                }
            }
            """,
        ["SumInASelect"] = """
            internal static unsafe class Program
            {
                static int M(SpliceWriter w, PageBuffer<int> b, int[] factors)
                {
                    int sum = factors.Select(f => f * b[0]).Sum();
                    w.Send(b);
                    return sum;
                }
            }
            """,
    };
}
