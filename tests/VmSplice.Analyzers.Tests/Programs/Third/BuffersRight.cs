namespace VmSplice.Analyzers.Tests.Programs.Third;

/// <summary>Right programs with buffers in structures, tuples, pools, lambdas and events.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CursorBeforeSend"] = """
            ref struct Cursor(Span<byte> target)
            {
                private readonly Span<byte> _target = target;
                private int _at;

                public void Put(byte value) => _target[_at++] = value;
                public readonly int Written => _at;
            }

            static class P
            {
                static int Send(SpliceWriter pipe, ReadOnlySpan<byte> text)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(text.Length + 1);
                    var cursor = new Cursor(page.Span);
                    foreach (byte one in text)
                    {
                        cursor.Put(one);
                    }

                    cursor.Put((byte)'\n');
                    pipe.Send(page);
                    return cursor.Written;
                }
            }
            """,
        ["SpanInFieldOfStruct"] = """
            ref struct Part
            {
                public Span<int> Numbers;
                public int Count;
            }

            static class P
            {
                static void Send(SpliceWriter pipe, int parts)
                {
                    for (int i = 0; i < parts; i++)
                    {
                        PageBuffer<int> page = pipe.Rent<int>(1024);
                        Part part = default;
                        part.Numbers = page.Span;
                        part.Numbers[part.Count++] = i;
                        pipe.Send(page);
                        Console.WriteLine(part.Count);
                    }
                }
            }
            """,
        ["MessageWithMemory"] = """
            readonly record struct Message(int Kind, Memory<byte> Body);

            static class P
            {
                static async Task SendAsync(SpliceWriter pipe, Stream source)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(65536);
                    var message = new Message(1, page.Memory);
                    int read = await source.ReadAsync(message.Body);
                    if (read == 0)
                    {
                        return;
                    }

                    byte first = message.Body.Span[0];
                    await pipe.SendAsync(page, read);
                    Console.WriteLine($"sent {read} bytes of kind {message.Kind}, first is {first}");
                }
            }
            """,
        ["TupleOfPageAndSpan"] = """
            static class P
            {
                private static (PageBuffer<int> Page, Memory<int> View) Make(SpliceWriter pipe)
                {
                    PageBuffer<int> page = pipe.Rent<int>(256);
                    return (page, page.Memory);
                }

                static void Send(SpliceWriter pipe)
                {
                    (PageBuffer<int> page, Memory<int> view) = Make(pipe);
                    view.Span[0] = 1;
                    pipe.Send(page);
                    (page, view) = Make(pipe);
                    view.Span[1] = 2;
                    pipe.Send(page);
                }
            }
            """,
        ["AsyncLambdaRentsAnew"] = """
            static class P
            {
                static async Task SendAsync(SpliceWriter pipe, CancellationToken end)
                {
                    Func<int, Task> send = async value =>
                    {
                        using PageBuffer<int> page = pipe.Rent<int>(100);
                        await Task.Delay(1, end);
                        page.Span.Fill(value);
                        await pipe.SendAsync(page, end);
                    };
                    await send(1);
                    await send(2);
                }
            }
            """,
        ["EventHandlerSendsItsOwn"] = """
            sealed class Ticker
            {
                public event Action<long>? Ticked;
                public void Run(int count) { for (int i = 0; i < count; i++) { Ticked?.Invoke(i); } }
            }

            static class P
            {
                static void Send(SpliceWriter pipe, Ticker ticker)
                {
                    ticker.Ticked += time =>
                    {
                        PageBuffer<long> page = pipe.Rent<long>(1);
                        page[0] = time;
                        pipe.Send(page);
                    };
                    ticker.Run(10);
                }
            }
            """,
        ["PoolOfArrays"] = """
            sealed class Lines(SpliceWriter pipe) : IDisposable
            {
                private byte[] _line = ArrayPool<byte>.Shared.Rent(4096);

                public void Send(string text)
                {
                    int length = System.Text.Encoding.UTF8.GetByteCount(text);
                    if (length > _line.Length)
                    {
                        ArrayPool<byte>.Shared.Return(_line);
                        _line = ArrayPool<byte>.Shared.Rent(length);
                    }

                    System.Text.Encoding.UTF8.GetBytes(text, _line);
                    pipe.Write<byte>(_line.AsSpan(0, length));
                }

                public void Dispose() => ArrayPool<byte>.Shared.Return(_line);
            }
            """,
        ["OutboxThatEmpties"] = """
            sealed class Outbox(SpliceWriter pipe) : IDisposable
            {
                private readonly Queue<PageBuffer<byte>> _ready = new();

                public void Enqueue([Consumes] PageBuffer<byte> page) => _ready.Enqueue(page);

                public async Task FlushAsync()
                {
                    while (_ready.TryDequeue(out PageBuffer<byte> page))
                    {
                        await pipe.SendAsync(page);
                    }
                }

                public void Dispose()
                {
                    foreach (PageBuffer<byte> page in _ready)
                    {
                        page.Dispose();
                    }

                    _ready.Clear();
                }
            }
            """,
        ["ScreenThatRentsEachTime"] = """
            sealed class Screen
            {
                private int _color = 0x00FF00;

                public void Send(SpliceWriter pipe)
                {
                    using PageBuffer<int> page = pipe.Rent<int>(320 * 200);
                    Draw(page.Span);
                    pipe.Send(page);
                    _color++;
                }

                private void Draw(Span<int> pixels) => pixels.Fill(_color);
            }
            """,
        ["BroadcastOfFrozenPages"] = """
            static class P
            {
                static async Task BroadcastAsync(IReadOnlyList<SpliceWriter> subscribers, ReadOnlyMemory<byte> news)
                {
                    PageBuffer<byte> page = PageBuffer<byte>.Allocate(news.Length);
                    news.CopyTo(page.Memory);
                    using FrozenPages<byte> content = page.Freeze();
                    foreach (SpliceWriter one in subscribers)
                    {
                        await one.SendAsync(content);
                    }
                }
            }
            """,
        ["DisposedOnEarlyReturn"] = """
            static class P
            {
                static bool TrySend(SpliceWriter pipe, Stream source)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(65536);
                    int read = source.ReadAtLeast(page.Span, page.Length, throwOnEndOfStream: false);
                    if (read < page.Length)
                    {
                        page.Dispose();
                        return false;
                    }

                    pipe.Send(page);
                    return true;
                }
            }
            """,
        ["FrozenEachTimeAnew"] = """
            static class P
            {
                static void Publish(SpliceWriter pipe, int versions, int copies)
                {
                    for (int version = 0; version < versions; version++)
                    {
                        PageBuffer<int> page = PageBuffer<int>.Allocate(1024);
                        page.Span.Fill(version);
                        using FrozenPages<int> content = page.Freeze();
                        for (int i = 0; i < copies; i++)
                        {
                            pipe.Send(content);
                        }

                        Console.WriteLine(content.Span[0]);
                    }
                }
            }
            """,
        ["FrameOfEachCaption"] = """
            static class P
            {
                static int Send(SpliceWriter pipe, IEnumerable<string> captions)
                {
                    int bytes = 0;
                    foreach (string caption in captions)
                    {
                        Frame frame = Frame.Rent(pipe);
                        frame.Header = caption.Length;
                        frame.CaptionLength = 256;
                        frame.CaptionLength = System.Text.Encoding.ASCII.GetBytes(caption.AsSpan(0, Math.Min(256, caption.Length)), frame.Caption);
                        bytes += frame.CaptionLength;
                        pipe.Gift(frame);
                    }

                    pipe.CompleteBuffers();
                    return bytes;
                }
            }
            """,
        ["PagesByQuery"] = """
            static class P
            {
                static int SendAll(SpliceWriter pipe, IEnumerable<byte[]> parts)
                {
                    List<PageBuffer<byte>> pages = parts.Select(part =>
                    {
                        PageBuffer<byte> page = pipe.Rent<byte>(part.Length);
                        part.CopyTo(page.Span);
                        return page;
                    }).ToList();
                    int bytes = pages.Sum(page => page.Length);
                    foreach (PageBuffer<byte> page in pages)
                    {
                        pipe.Send(page);
                    }

                    pages.Clear();
                    return bytes;
                }
            }
            """,
        ["RelayThatRentsEachTime"] = """
            static class P
            {
                static async Task RelayAsync(SpliceReader from, SpliceWriter to)
                {
                    while (true)
                    {
                        using PageBuffer<byte> page = to.Rent<byte>(65536);
                        int read = await from.ReadAsync(page);
                        if (read == 0)
                        {
                            return;
                        }

                        await to.SendAsync(page, read);
                    }
                }
            }
            """,
    };
}
