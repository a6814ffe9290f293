namespace VmSplice.Analyzers.Tests.Lifetime;

internal static partial class CorrectUsages
{
    private const string Tick = "[Spliceable] public partial struct Tick { public long Time; public double Price; }\n";

    private static readonly (string Name, string Source)[] s_records =
    [
        ("record loop",
            Tick + """
            class P
            {
                static void Run(SpliceWriter w)
                {
                    using var ticks = Tick.CreateWriter(w);
                    for (int i = 0; i < 9; i++)
                    {
                        ref Tick t = ref ticks.Next();
                        t.Time = i;
                        t.Price = i * 2;
                    }
                    ticks.Complete();
                }
            }
            """),
        ("record by value",
            Tick + """
            class P
            {
                static void Run(RecordWriter<Tick> ticks)
                {
                    var t = new Tick { Time = 1 };
                    ticks.Write(in t);
                    t.Time = 2;
                    ticks.Write(t);
                    ticks.Flush();
                }
            }
            """),
        ("records from a span",
            Tick + """
            class P
            {
                static void Run(RecordWriter<Tick> ticks, Tick[] all)
                {
                    ticks.Write(all);
                    all[0].Time = 3;
                    ticks.Write(all.AsSpan(1));
                }
            }
            """),
        ("buffer writer",
            Tick + """
            class P
            {
                static void Run(RecordWriter<Tick> ticks)
                {
                    Span<Tick> s = ticks.GetSpan(8);
                    for (int i = 0; i < s.Length; i++) { s[i].Time = i; }
                    ticks.Advance(s.Length);
                    ticks.Flush();
                }
            }
            """),
        ("read all batches",
            Tick + """
            class P
            {
                static double Run(SpliceReader r)
                {
                    using var ticks = Tick.CreateReader(r);
                    double sum = 0;
                    while (true)
                    {
                        ReadOnlySpan<Tick> batch = ticks.ReadBatch();
                        if (batch.IsEmpty) { return sum; }
                        foreach (ref readonly Tick t in batch) { sum += t.Price; }
                    }
                }
            }
            """),
        ("read in a for loop",
            Tick + """
            class P
            {
                static long Run(RecordReader<Tick> ticks)
                {
                    long n = 0;
                    for (var b = ticks.ReadBatch(); b.Length > 0; b = ticks.ReadBatch()) { n += b[^1].Time; }
                    return n;
                }
            }
            """),
        ("copy out of a batch",
            Tick + """
            class P
            {
                static List<Tick> Run(RecordReader<Tick> ticks)
                {
                    var kept = new List<Tick>();
                    for (var b = ticks.ReadBatch(); !b.IsEmpty; b = ticks.ReadBatch()) { kept.Add(b[0]); }
                    return kept;
                }
            }
            """),
        ("last record kept by value",
            Tick + """
            class P
            {
                static Tick Run(RecordReader<Tick> ticks)
                {
                    Tick last = default;
                    for (var b = ticks.ReadBatch(); !b.IsEmpty; b = ticks.ReadBatch()) { last = b[^1]; }
                    return last;
                }
            }
            """),
        ("helper fills a record",
            Tick + """
            class P
            {
                static void Run(RecordWriter<Tick> ticks)
                {
                    for (int i = 0; i < 3; i++) { Fill(ref ticks.Next(), i); }
                }
                static void Fill(ref Tick t, int i) { t.Time = i; }
            }
            """),
        ("writer in a field",
            Tick + """
            sealed class P(SpliceWriter w) : IDisposable
            {
                private readonly RecordWriter<Tick> _ticks = Tick.CreateWriter(w);
                public void Put(long time)
                {
                    ref Tick t = ref _ticks.Next();
                    t.Time = time;
                    t.Price = 1;
                }
                public void Dispose() { _ticks.Complete(); _ticks.Dispose(); }
            }
            """),
        ("two writers",
            Tick + """
            class P
            {
                static void Run(RecordWriter<Tick> a, RecordWriter<Tick> b)
                {
                    ref Tick x = ref a.Next();
                    ref Tick y = ref b.Next();
                    x.Time = 1;
                    y.Time = 2;
                }
            }
            """),
        ("echo",
            Tick + """
            class P
            {
                static void Run(RecordReader<Tick> r, RecordWriter<Tick> w)
                {
                    for (var b = r.ReadBatch(); !b.IsEmpty; b = r.ReadBatch())
                    {
                        foreach (ref readonly Tick t in b)
                        {
                            ref Tick o = ref w.Next();
                            o = t;
                            o.Price *= 2;
                        }
                    }
                    w.Complete();
                }
            }
            """),
        ("try and dispose",
            Tick + """
            class P
            {
                static void Run(RecordWriter<Tick> w, IEnumerable<long> times)
                {
                    try
                    {
                        foreach (long t in times) { w.Next().Time = t; }
                        w.Complete();
                    }
                    catch (InvalidOperationException) { w.Dispose(); throw; }
                }
            }
            """),
        ("generic over records",
            """
            class P
            {
                static void Run<T>(RecordWriter<T> w, T one) where T : unmanaged, ISpliceable<T>
                {
                    w.Next() = one;
                    ref T t = ref w.Next();
                    t = one;
                    w.Flush();
                }
            }
            """),
    ];

    private static readonly (string Name, string Source)[] s_raw =
    [
        ("raw loop with the rest", """
            using System.Runtime.InteropServices;
            unsafe class P
            {
                static void Run(SafeHandle pipe, PageBuffer<byte> buffer)
                {
                    nint at = buffer.Address;
                    nuint left = (nuint)buffer.Length;
                    while (left > 0)
                    {
                        nint sent = RawPipe.VmSplice(pipe, [new IoVec(at, left)]);
                        at += sent;
                        left -= (nuint)sent;
                    }
                }
            }
            """),
        ("pinned array for good", """
            using System.Runtime.InteropServices;
            class P
            {
                private readonly byte[] _bytes = GC.AllocateArray<byte>(4096, pinned: true);
                nint Run(SafeHandle pipe) => RawPipe.VmSplice(pipe, [new IoVec(Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0), 4096)]);
            }
            """),
        ("own declaration, drained", """
            using System.Runtime.InteropServices;
            unsafe class P
            {
                struct IoV { public void* Base; public nuint Length; }
                [DllImport("libc", SetLastError = true)] static extern nint vmsplice(int fd, IoV* iov, nuint count, uint flags);
                [DllImport("libc")] static extern int ioctl(int fd, nuint request, int* unread);
                static void Run(int fd)
                {
                    byte* p = (byte*)NativeMemory.AlignedAlloc(4096, 4096);
                    p[0] = 1;
                    var iov = new IoV { Base = p, Length = 4096 };
                    if (vmsplice(fd, &iov, 1, 0) != 4096) { throw new IOException(); }
                    int unread;
                    do { ioctl(fd, 0x541B, &unread); } while (unread > 0);
                    p[0] = 2;
                    NativeMemory.AlignedFree(p);
                }
            }
            """),
        ("failed call gives the memory back", """
            using System.Runtime.InteropServices;
            unsafe class P
            {
                struct IoV { public void* Base; public nuint Length; }
                [DllImport("libc", SetLastError = true)] static extern nint vmsplice(int fd, IoV* iov, nuint count, uint flags);
                static void* Run(int fd)
                {
                    void* p = NativeMemory.AlignedAlloc(4096, 4096);
                    IoV iov;
                    iov.Base = p;
                    iov.Length = 4096;
                    nint sent = vmsplice(fd, &iov, 1, 0);
                    if (sent < 0)
                    {
                        NativeMemory.AlignedFree(p);
                        throw new IOException();
                    }

                    return sent == 4096 ? p : throw new IOException($"{sent} of 4096");
                }
            }
            """),
        ("stack for the segments only", """
            using System.Runtime.InteropServices;
            unsafe class P
            {
                static void Run(SafeHandle pipe, PageBuffer<byte> a, PageBuffer<byte> b)
                {
                    Span<IoVec> segments = stackalloc IoVec[2];
                    segments[0] = new IoVec(a.Address, (nuint)a.Length);
                    segments[1] = new IoVec(b.Address, (nuint)b.Length);
                    if (RawPipe.VmSplice(pipe, segments) != a.Length + b.Length) { throw new IOException(); }
                }
            }
            """),
        ("no raw call at all", """
            using System.Buffers;
            class P
            {
                static int Run(Stream s)
                {
                    byte[] a = ArrayPool<byte>.Shared.Rent(4096);
                    try { return s.Read(a) + s.Read(a, 0, 3); } finally { ArrayPool<byte>.Shared.Return(a); }
                }
            }
            """),
    ];
}
