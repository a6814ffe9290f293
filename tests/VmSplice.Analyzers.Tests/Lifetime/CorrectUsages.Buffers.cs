namespace VmSplice.Analyzers.Tests.Lifetime;

internal static partial class CorrectUsages
{
    private static readonly (string Name, string Source)[] Buffers =
    [
        ("rent, fill, send", "class P { static void Main1(SpliceWriter w) { using var b = w.Rent<byte>(4096); b.Span.Fill(7); w.Send(b); } }"),
        ("pair with a thread", """
            class P
            {
                static long Run()
                {
                    using SplicePipe pipe = SplicePipe.Create();
                    using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
                    var reading = Task.Run(() =>
                    {
                        using SpliceReader reader = pipe.OpenReader();
                        byte[] bytes = new byte[4096];
                        reader.ReadExactly(bytes);
                        return (long)bytes[0];
                    });
                    PageBuffer<byte> buffer = writer.Rent<byte>(4096);
                    buffer.Span[0] = 1;
                    writer.Send(buffer);
                    return reading.Result;
                }
            }
            """),
        ("current buffer in a local", """
            class P
            {
                static void Run(SpliceWriter w, IEnumerable<int> items)
                {
                    PageBuffer<int> current = w.Rent<int>(1024);
                    int used = 0;
                    foreach (int item in items)
                    {
                        if (used == current.Length)
                        {
                            w.Send(current);
                            current = w.Rent<int>(1024);
                            used = 0;
                        }

                        current[used++] = item;
                    }

                    w.Send(current, used);
                }
            }
            """),
        ("current buffer in a field", """
            sealed class Batcher(SpliceWriter writer) : IDisposable
            {
                private PageBuffer<int> _current = writer.Rent<int>(1024);
                private int _used;

                public void Add(int item)
                {
                    if (_used == _current.Length)
                    {
                        Flush();
                    }

                    _current[_used++] = item;
                }

                public void Flush()
                {
                    writer.Send(_current, _used);
                    _current = writer.Rent<int>(1024);
                    _used = 0;
                }

                public void Dispose() => _current.Dispose();
            }
            """),
        ("lazy current buffer", """
            sealed class Batcher(SpliceWriter writer)
            {
                private PageBuffer<int>? _current;
                private int _used;

                public void Add(int item)
                {
                    PageBuffer<int> buffer = _current ??= writer.Rent<int>(64);
                    buffer[_used++] = item;
                    if (_used == 64)
                    {
                        _current = null;
                        _used = 0;
                        writer.Send(buffer);
                    }
                }
            }
            """),
        ("two buffers in turn", """
            class P
            {
                static void Run(SpliceWriter w, Stream source)
                {
                    while (true)
                    {
                        PageBuffer<byte> buffer = w.Rent<byte>(65536);
                        int read = source.Read(buffer.Span);
                        if (read == 0)
                        {
                            buffer.Dispose();
                            break;
                        }

                        w.Send(buffer, read);
                    }
                }
            }
            """),
        ("async producer", """
            class P
            {
                static async Task Run(SpliceWriter w, Stream source, CancellationToken token)
                {
                    while (!token.IsCancellationRequested)
                    {
                        using PageBuffer<byte> buffer = w.Rent<byte>(65536);
                        int read = await source.ReadAsync(buffer.Memory, token);
                        if (read == 0)
                        {
                            return;
                        }

                        w.Send(buffer, read);
                    }
                }
            }
            """),
        ("producer and consumer through a channel", """
            class P
            {
                static async Task Produce(System.Threading.Channels.ChannelWriter<PageBuffer<int>> channel, SpliceWriter w)
                {
                    for (int i = 0; i < 10; i++)
                    {
                        PageBuffer<int> buffer = w.Rent<int>(16);
                        buffer.Span.Fill(i);
                        await channel.WriteAsync(buffer);
                    }
                }

                static async Task Consume(System.Threading.Channels.ChannelReader<PageBuffer<int>> channel, SpliceWriter w)
                {
                    await foreach (PageBuffer<int> buffer in channel.ReadAllAsync())
                    {
                        buffer.Span[0]++;
                        w.Send(buffer);
                    }
                }
            }
            """),
        ("list filled, then sent", """
            class P
            {
                static void Run(SpliceWriter w)
                {
                    var all = new List<PageBuffer<int>>();
                    for (int i = 0; i < 4; i++)
                    {
                        var buffer = w.Rent<int>(16);
                        buffer.Span.Fill(i);
                        all.Add(buffer);
                    }

                    foreach (PageBuffer<int> buffer in all)
                    {
                        w.Send(buffer);
                    }

                    all.Clear();
                }
            }
            """),
        ("queue of spare buffers", """
            class P
            {
                private readonly Queue<PageBuffer<int>> _spare = new();

                void Run(SpliceWriter w)
                {
                    PageBuffer<int> buffer = _spare.Count > 0 ? _spare.Dequeue() : w.Rent<int>(16);
                    buffer.Span.Clear();
                    if (buffer.Length < 8)
                    {
                        _spare.Enqueue(buffer);
                        return;
                    }

                    w.Send(buffer);
                }
            }
            """),
        ("broadcast of frozen pages", """
            class P
            {
                static void Run(IEnumerable<SpliceWriter> subscribers, byte[] content)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(content.Length);
                    content.CopyTo(buffer.Span);
                    using FrozenPages<byte> frozen = buffer.Freeze();
                    foreach (SpliceWriter subscriber in subscribers)
                    {
                        subscriber.Send(frozen);
                    }

                    Console.WriteLine(frozen.Span[0]);
                }
            }
            """),
        ("frozen in a static field", """
            static class P
            {
                private static readonly FrozenPages<byte> s_header = Make();
                static FrozenPages<byte> Make() { var b = PageBuffer<byte>.Allocate(4096); b.Span[0] = 0x7f; return b.Freeze(); }
                public static void Greet(SpliceWriter w) { w.Send(s_header); w.Send(s_header); }
            }
            """),
        ("fallback to copying", """
            class P
            {
                static void Run(SpliceWriter w, ReadOnlySpan<byte> bytes)
                {
                    if (bytes.Length < 16384)
                    {
                        w.Write(bytes);
                        return;
                    }

                    using var buffer = w.Rent<byte>(bytes.Length);
                    bytes.CopyTo(buffer.Span);
                    w.Send(buffer);
                }
            }
            """),
        ("retry with the same content", """
            class P
            {
                static bool TrySend(SpliceWriter first, SpliceWriter second, byte[] content)
                {
                    try
                    {
                        using var buffer = first.Rent<byte>(content.Length);
                        content.CopyTo(buffer.Span);
                        first.Send(buffer);
                        return true;
                    }
                    catch (IOException)
                    {
                        using var buffer = second.Rent<byte>(content.Length);
                        content.CopyTo(buffer.Span);
                        second.Send(buffer);
                        return false;
                    }
                }
            }
            """),
        ("flag beside the hand-over", """
            class P
            {
                static void Run(SpliceWriter w, int count)
                {
                    PageBuffer<int> buffer = w.Rent<int>(16);
                    bool sent = false;
                    try
                    {
                        buffer[0] = count;
                        if (count > 3)
                        {
                            w.Send(buffer);
                            sent = true;
                        }
                    }
                    finally
                    {
                        if (!sent)
                        {
                            buffer.Dispose();
                        }
                    }
                }
            }
            """),
        ("state asked", """
            class P
            {
                static void Finish(SpliceWriter w, PageBuffer<int> buffer, bool now)
                {
                    if (now)
                    {
                        w.Send(buffer);
                    }

                    if (buffer.State == PageBufferState.Owned)
                    {
                        buffer[0] = 1;
                        w.Send(buffer);
                    }
                }
            }
            """),
        ("helper that fills", """
            class P
            {
                static void Run(SpliceWriter w) { using var b = w.Rent<int>(16); Fill(b.Span, 3); FillAll(b); w.Send(b); }
                static void Fill(Span<int> span, int value) { foreach (ref int x in span) { x = value; } }
                static void FillAll(PageBuffer<int> b) => Fill(b.Span, b.Length);
            }
            """),
        ("helper that sends", """
            class P
            {
                static void Run(SpliceWriter w) { var b = w.Rent<int>(16); b[0] = 1; Ship(w, b); }
                static void Ship<T>(SpliceWriter w, [Consumes] PageBuffer<T> b) where T : unmanaged { Log(b.Length); w.Send(b); }
                static void Log(int n) => Console.WriteLine(n);
            }
            """),
        ("factory", """
            class P
            {
                static PageBuffer<int> Numbers(SpliceWriter w, int n) { var b = w.Rent<int>(n); for (int i = 0; i < n; i++) { b[i] = i; } return b; }
                static void Run(SpliceWriter w) { w.Send(Numbers(w, 3)); var b = Numbers(w, 4); b.Span.Reverse(); w.Send(b); }
            }
            """),
        ("try pattern", """
            class P
            {
                static bool TryRent(SpliceWriter w, int n, out PageBuffer<int> b) { if (n > 100) { b = default; return false; } b = w.Rent<int>(n); return true; }
                static void Run(SpliceWriter w) { if (TryRent(w, 3, out var b)) { b[0] = 1; w.Send(b); } }
            }
            """),
        ("tuple result", """
            class P
            {
                static (PageBuffer<int> Buffer, int Count) Make(SpliceWriter w) { var b = w.Rent<int>(3); b[0] = 1; return (b, 1); }
                static void Run(SpliceWriter w) { var (b, count) = Make(w); b[1] = 2; w.Send(b, count); }
            }
            """),
        ("holder structure", """
            struct Chunk { public PageBuffer<byte> Buffer; public int Used; }
            class P
            {
                static void Run(SpliceWriter w)
                {
                    var chunk = new Chunk { Buffer = w.Rent<byte>(64) };
                    chunk.Buffer[chunk.Used++] = 1;
                    w.Send(chunk.Buffer, chunk.Used);
                    chunk = new Chunk { Buffer = w.Rent<byte>(64) };
                    chunk.Buffer[0] = 2;
                    w.Send(chunk.Buffer, 1);
                }
            }
            """),
        ("record class holder", """
            sealed record Job(PageBuffer<byte> Buffer, int Used);
            class P
            {
                static void Run(SpliceWriter w, Queue<Job> jobs)
                {
                    jobs.Enqueue(new Job(w.Rent<byte>(64), 3));
                    Job job = jobs.Dequeue();
                    job.Buffer.Span[0] = 1;
                    w.Send(job.Buffer, job.Used);
                }
            }
            """),
        ("switch expression", """
            class P
            {
                static void Run(SpliceWriter w, int kind)
                {
                    using PageBuffer<int> b = kind switch { 0 => w.Rent<int>(1), 1 => w.Rent<int>(2), _ => throw new ArgumentException("kind") };
                    b[0] = kind;
                    w.Send(b);
                }
            }
            """),
        ("conditional buffer", "class P { static void Run(SpliceWriter w, bool big) { var b = big ? w.Rent<int>(4096) : w.Rent<int>(16); b.Span.Clear(); w.Send(b); } }"),
        ("goto retry", """
            class P
            {
                static void Run(SpliceWriter w, Random random)
                {
                Again:
                    using (var b = w.Rent<int>(16))
                    {
                        b[0] = random.Next();
                        if (b[0] % 2 == 0)
                        {
                            goto Again;
                        }

                        w.Send(b);
                    }
                }
            }
            """),
        ("lock around a shared buffer", """
            class P
            {
                private readonly Lock _lock = new();
                private PageBuffer<int> _b;
                public void Set(SpliceWriter w) { lock (_lock) { _b.Dispose(); _b = w.Rent<int>(4); } }
                public void Ship(SpliceWriter w) { lock (_lock) { if (_b.State != PageBufferState.Owned) { return; } w.Send(_b); _b = default; } }
            }
            """),
        ("iterator of buffers", """
            class P
            {
                static IEnumerable<PageBuffer<int>> Make(SpliceWriter w) { for (int i = 0; i < 3; i++) { var b = w.Rent<int>(4); b[0] = i; yield return b; } }
                static void Run(SpliceWriter w) { foreach (var b in Make(w)) { b[1] = 1; w.Send(b); } }
            }
            """),
        ("linq over lengths", "class P { static void Run(SpliceWriter w, PageBuffer<int> b) { int n = Enumerable.Range(0, 3).Sum(i => b[i]); b[0] = n; w.Send(b); } }"),
        ("local function that fills", """
            class P
            {
                static void Run(SpliceWriter w)
                {
                    var b = w.Rent<int>(8);
                    int at = 0;
                    Put(1);
                    Put(2);
                    w.Send(b);
                    void Put(int x) { b[at++] = x; }
                }
            }
            """),
    ];
}
