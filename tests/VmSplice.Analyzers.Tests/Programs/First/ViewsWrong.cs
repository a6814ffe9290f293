namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Mistakes by a view: a span, memory, a stream or a writer over pages that are gone or frozen.</summary>
internal sealed class ViewsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SpanTakenBeforeFreeze"] = """
            static class P
            {
                static void M(SpliceWriter[] all)
                {
                    PageBuffer<byte> b = PageBuffer<byte>.Allocate(4096);
                    Span<byte> s = b.Span;
                    using FrozenPages<byte> page = b.Freeze();
                    foreach (SpliceWriter w in all) w.Send(page);
                    s[0] = 1; //~VMS2012
                }
            }
            """,
        ["ReadIntoFrozenPages"] = """
            static class P
            {
                static void M(SpliceReader r, PageBuffer<byte> b)
                {
                    using FrozenPages<byte> page = b.Freeze();
                    int n = r.Read(MemoryMarshal.AsMemory(page.Memory).Span); //~VMS2012
                    Console.WriteLine(n);
                }
            }
            """,
        ["ViewReturnedAfterSend"] = """
            static class P
            {
                static Span<byte> M(SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(64);
                    Span<byte> s = b.Span;
                    w.Send(b);
                    return s; //~VMS2002
                }
            }
            """,
        ["MemoryOutOfUsing"] = """
            static class P
            {
                static Memory<byte> M(SpliceReader r)
                {
                    using PageBuffer<byte> b = PageBuffer<byte>.Allocate(4096);
                    int n = r.Read(b.Span);
                    return b.Memory[..n]; //~VMS2002
                }
            }
            """,
        ["GatherTakesAtAdd"] = """
            static class P
            {
                static void M(SpliceWriter w, ReadOnlySpan<byte> body)
                {
                    using SpliceGather gather = w.CreateGather();
                    PageBuffer<int> head = w.Rent<int>(1);
                    gather.Add(head);
                    PageBuffer<byte> rest = w.Rent<byte>(body.Length);
                    body.CopyTo(rest.Span);
                    gather.Add(rest);
                    head[0] = body.Length; //~VMS2001
                    gather.Send();
                }
            }
            """,
        ["VolatileWrite"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    ref int flag = ref b.Span[0];
                    w.Send(b);
                    Volatile.Write(ref flag, 1); //~VMS2001
                }
            }
            """,
        ["CastView"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(Environment.SystemPageSize);
                    Span<int> numbers = MemoryMarshal.Cast<byte, int>(b.Span[16..]);
                    numbers[0] = 1;
                    w.Gift(b);
                    numbers[1] = 2; //~VMS2001
                }
            }
            """,
        ["RefStructCursor"] = """
            ref struct Cursor(Span<byte> rest)
            {
                private Span<byte> _rest = rest;
                public void Put(byte value) { _rest[0] = value; _rest = _rest[1..]; }
            }

            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(64);
                    var cursor = new Cursor(b.Span);
                    cursor.Put(1);
                    w.Send(b);
                    cursor.Put(2); //~VMS2001
                }
            }
            """,
        ["StreamOverBuffer"] = """
            static class P
            {
                static unsafe void M(SpliceWriter w)
                {
                    PageBuffer<byte> b = w.Rent<byte>(4096);
                    using var stream = new UnmanagedMemoryStream((byte*)b.Address, 4096, 4096, FileAccess.Write);
                    stream.WriteByte(1);
                    w.Send(b);
                    stream.WriteByte(2); //~VMS2001
                }
            }
            """,
        ["BufferWriterOverMemory"] = """
            sealed class Filler(Memory<byte> target) : IBufferWriter<byte>
            {
                private int _at;
                public void Advance(int count) => _at += count;
                public Memory<byte> GetMemory(int sizeHint = 0) => target[_at..];
                public Span<byte> GetSpan(int sizeHint = 0) => target.Span[_at..];
            }

            static class P
            {
                static void M(SpliceWriter w, Tick[] ticks)
                {
                    PageBuffer<byte> b = w.Rent<byte>(4096);
                    var filler = new Filler(b.Memory);
                    RecordCodec.Encode<Tick>(ticks, filler);
                    w.Send(b);
                    filler.GetSpan()[0] = 1; //~VMS2001
                }
            }
            """,
    };
}
