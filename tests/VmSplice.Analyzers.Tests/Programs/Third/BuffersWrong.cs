namespace VmSplice.Analyzers.Tests.Programs.Third;

/// <summary>Mistakes with buffers in structures, properties, tuples, pools, lambdas, events and <c>using</c>.</summary>
internal sealed class BuffersWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CursorInRefStruct"] = """
            ref struct Cursor(Span<byte> target)
            {
                private readonly Span<byte> _target = target;
                private int _at;

                public void Put(byte value) => _target[_at++] = value;
                public readonly int Written => _at;
            }

            static class P
            {
                static void Send(SpliceWriter pipe, ReadOnlySpan<byte> text)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(4096);
                    var cursor = new Cursor(page.Span);
                    foreach (byte one in text)
                    {
                        cursor.Put(one);
                    }

                    pipe.Send(page);
                    cursor.Put((byte)'\n'); //~VMS2001
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
                static void Send(SpliceWriter pipe)
                {
                    PageBuffer<int> page = pipe.Rent<int>(1024);
                    Part part = default;
                    part.Numbers = page.Span;
                    part.Numbers[part.Count++] = 17;
                    pipe.Send(page);
                    if (part.Count > 0)
                    {
                        part.Numbers.Clear(); //~VMS2001
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
                    PageBuffer<byte> page = pipe.Rent<byte>(65536);
                    var message = new Message(1, page.Memory);
                    int read = await source.ReadAsync(message.Body);
                    await pipe.SendAsync(page);
                    Console.WriteLine($"sent {read} bytes, first is {message.Body.Span[0]}"); //~VMS2002
                }
            }
            """,
        // VMS2001's page: a helper that returns a buffer beside its view.
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
                    view.Span[1] = 2;
                }
            }
            """,
        ["AsyncLambdaUsesLater"] = """
            static class P
            {
                static async Task SendAsync(SpliceWriter pipe, CancellationToken end)
                {
                    PageBuffer<int> page = pipe.Rent<int>(100);
                    Func<int, Task> fill = async value =>
                    {
                        await Task.Delay(1, end);
                        page.Span.Fill(value); //~VMS2001
                    };
                    await fill(1);
                    await pipe.SendAsync(page, end);
                    await fill(2);
                }
            }
            """,
        ["EventHandlerFills"] = """
            sealed class Ticker
            {
                public event Action<long>? Ticked;
                public void Run(int count) { for (int i = 0; i < count; i++) { Ticked?.Invoke(i); } }
            }

            static class P
            {
                static void Send(SpliceWriter pipe, Ticker ticker)
                {
                    PageBuffer<long> page = pipe.Rent<long>(64);
                    int at = 0;
                    ticker.Ticked += time => page[at++ % 64] = time;
                    ticker.Run(10);
                    pipe.Send(page); //~VMS2009
                    ticker.Run(10);
                }
            }
            """,
        ["PoolOfPages"] = """
            sealed class PagePool(SpliceWriter pipe)
            {
                private readonly Stack<PageBuffer<byte>> _free = new();

                public PageBuffer<byte> Take() => _free.Count > 0 ? _free.Pop() : pipe.Rent<byte>(4096);

                public void Send(PageBuffer<byte> page)
                {
                    pipe.Send(page); //~VMS2009
                    _free.Push(page);
                }
            }
            """,
        // VMS2009's page: a field whose buffers are sent in a loop is not reported, since the next call may find the list replaced.
        ["ReturnedToQueueBySend"] = """
            sealed class Outbox(SpliceWriter pipe)
            {
                private readonly Queue<PageBuffer<byte>> _ready = new();

                public void Enqueue(PageBuffer<byte> page) => _ready.Enqueue(page);

                public async Task FlushAsync()
                {
                    foreach (PageBuffer<byte> page in _ready)
                    {
                        await pipe.SendAsync(page);
                    }
                }
            }
            """,
        ["UsingAroundKeptView"] = """
            sealed class Screen
            {
                private Memory<int> _pixels;

                public void Begin(SpliceWriter pipe)
                {
                    using PageBuffer<int> page = pipe.Rent<int>(320 * 200);
                    _pixels = page.Memory;
                    Draw();
                    pipe.Send(page); //~VMS2009
                }

                private void Draw() => _pixels.Span.Fill(0x00FF00);
            }
            """,
        ["BroadcastOfOneBuffer"] = """
            static class P
            {
                static async Task BroadcastAsync(IReadOnlyList<SpliceWriter> subscribers, ReadOnlyMemory<byte> news)
                {
                    PageBuffer<byte> page = PageBuffer<byte>.Allocate(news.Length); //~VMS2013
                    news.CopyTo(page.Memory);
                    foreach (SpliceWriter one in subscribers)
                    {
                        await one.SendAsync(page); //~VMS2008
                    }
                }
            }
            """,
        ["LeakOnEarlyReturn"] = """
            static class P
            {
                static bool TrySend(SpliceWriter pipe, Stream source)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(65536); //~VMS2013
                    int read = source.Read(page.Span);
                    if (read < page.Length)
                    {
                        return false;
                    }

                    pipe.Send(page);
                    return true;
                }
            }
            """,
        ["FrozenThenPatched"] = """
            static class P
            {
                static void Publish(SpliceWriter pipe, int copies)
                {
                    PageBuffer<int> page = PageBuffer<int>.Allocate(1024);
                    Span<int> numbers = page.Span;
                    numbers.Fill(7);
                    using FrozenPages<int> content = page.Freeze();
                    for (int i = 0; i < copies; i++)
                    {
                        numbers[0] = i; //~VMS2012
                        pipe.Send(content);
                    }
                }
            }
            """,
        ["FrameAfterGift"] = """
            static class P
            {
                static void Send(SpliceWriter pipe, IEnumerable<string> captions)
                {
                    foreach (string caption in captions)
                    {
                        Frame frame = Frame.Rent(pipe);
                        frame.Header = caption.Length;
                        frame.CaptionLength = Math.Min(256, caption.Length);
                        Span<byte> text = frame.Caption;
                        System.Text.Encoding.ASCII.GetBytes(caption, text);
                        pipe.Gift(frame);
                        Console.WriteLine($"gave {text.Length} bytes away, {text[0]} first"); //~VMS2002
                    }

                    pipe.CompleteBuffers();
                }
            }
            """,
        ["LinqKeepsBuffers"] = """
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
                    foreach (PageBuffer<byte> page in pages)
                    {
                        pipe.Send(page);
                    }

                    return pages[0].Span[0]; //~VMS2004
                }
            }
            """,
        ["ReadIntoSentBuffer"] = """
            static class P
            {
                static async Task RelayAsync(SpliceReader from, SpliceWriter to)
                {
                    PageBuffer<byte> page = to.Rent<byte>(65536); //~VMS2013
                    while (await from.ReadAsync(page) is > 0 and var read) //~VMS2001
                    {
                        await to.SendAsync(page, read);
                    }
                }
            }
            """,
    };
}
