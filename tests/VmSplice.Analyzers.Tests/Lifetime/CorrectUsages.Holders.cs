namespace VmSplice.Analyzers.Tests.Lifetime;

internal static partial class CorrectUsages
{
    /// <summary>Buffers that are kept: in fields, structures, collections and channels.</summary>
    private static readonly (string Name, string Source)[] s_holders =
    [
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
        ("frozen in a static field", """
            static class P
            {
                private static readonly FrozenPages<byte> s_header = Make();
                static FrozenPages<byte> Make() { var b = PageBuffer<byte>.Allocate(4096); b.Span[0] = 0x7f; return b.Freeze(); }
                public static void Greet(SpliceWriter w) { w.Send(s_header); w.Send(s_header); }
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
        ("lock around a shared buffer", """
            class P
            {
                private readonly Lock _lock = new();
                private PageBuffer<int> _b;
                public void Set(SpliceWriter w) { lock (_lock) { _b.Dispose(); _b = w.Rent<int>(4); } }
                public void Ship(SpliceWriter w) { lock (_lock) { if (_b.State != PageBufferState.Owned) { return; } w.Send(_b); _b = default; } }
            }
            """),
    ];
}
