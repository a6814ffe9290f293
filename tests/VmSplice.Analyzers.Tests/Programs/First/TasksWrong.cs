namespace VmSplice.Analyzers.Tests.Programs.First;

/// <summary>Mistakes with tasks, events, timers and lambdas: what is begun goes on while somebody uses the memory.</summary>
internal sealed class TasksWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChannelConsumerLooksBack"] = """
            static class P
            {
                static async Task<long> DrainAsync(Channel<PageBuffer<byte>> queue, SpliceWriter w, CancellationToken end)
                {
                    long sum = 0;
                    await foreach (PageBuffer<byte> b in queue.Reader.ReadAllAsync(end))
                    {
                        await w.SendAsync(b, end);
                        sum += b.Span[0]; //~VMS2002
                    }

                    return sum;
                }
            }
            """,
        ["TaskStartedThenCleared"] = """
            static class P
            {
                static async Task M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(16);
                    Task sending = w.SendAsync(b).AsTask();
                    b.Span.Clear(); //~VMS2001
                    await sending;
                }
            }
            """,
        ["ArrayChangedWhileItIsWritten"] = """
            static class P
            {
                static async Task M(SpliceWriter w, byte[] data)
                {
                    ValueTask writing = w.WriteAsync(data);
                    data[0] = 1; //~VMS2004
                    await writing;
                }
            }
            """,
        ["ReceiveNotAwaited"] = """
            static class P
            {
                static async Task M(SpliceReader r, SpliceWriter w)
                {
                    using PageBuffer<byte> b = w.Rent<byte>(4096);
                    ValueTask<int> reading = r.ReadAsync(b.Memory);
                    w.Send(b); //~VMS2004
                    await reading;
                }
            }
            """,
        ["BroadcastInAsyncLoop"] = """
            static class P
            {
                static async Task M(IEnumerable<SpliceWriter> subscribers, PageBuffer<byte> news)
                {
                    foreach (SpliceWriter one in subscribers)
                    {
                        await one.SendAsync(news); //~VMS2008
                    }
                }
            }
            """,
        ["TasksOfBroadcast"] = """
            static class P
            {
                static Task M(SpliceWriter[] subscribers, PageBuffer<byte> news)
                    => Task.WhenAll(subscribers.Select(one => one.SendAsync(news).AsTask())); //~VMS2004
            }
            """,
        ["LocalFunctionLater"] = """
            static class P
            {
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    int Sum() { int s = 0; foreach (int x in b.Span) s += x; return s; } //~VMS2002
                    b[0] = 1;
                    w.Send(b);
                    Console.WriteLine(Sum());
                }
            }
            """,
        ["EventKeepsBuffer"] = """
            static class P
            {
                static event Action? Beat;
                static void M(SpliceWriter w)
                {
                    PageBuffer<int> b = w.Rent<int>(4);
                    Beat += () => b.Span[0]++;
                    w.Send(b); //~VMS2009
                    Beat();
                }
            }
            """,
        ["ExchangeLambda"] = """
            static class P
            {
                static void M(SpliceLink link)
                    => link.Exchange(
                        w =>
                        {
                            PageBuffer<int> b = w.Rent<int>(4);
                            w.Send(b);
                            b[0] = 1; //~VMS2001
                        },
                        r => { });
            }
            """,
        ["FieldSentInTimer"] = """
            sealed class Pump(SpliceWriter w) : IDisposable
            {
                private readonly Timer _timer = new(_ => { });
                private PageBuffer<byte> _current = w.Rent<byte>(4096);
                private int _used;

                public void Put(byte value)
                {
                    _current[_used++] = value;
                    if (_used == _current.Length)
                    {
                        w.Send(_current); //~VMS2009
                        _used = 0;
                    }
                }

                public void Dispose() { _timer.Dispose(); _current.Dispose(); }
            }
            """,
    };
}
