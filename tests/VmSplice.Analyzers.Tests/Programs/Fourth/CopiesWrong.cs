namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Records that are filled in a copy.</summary>
internal sealed class CopiesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SlotCopiedIntoPlainVariable"] = """
            [Spliceable]
            public partial struct Hit { public long Time; public int Url; public int Status; }

            public sealed class AccessLog(RecordWriter<Hit> hits)
            {
                private readonly Dictionary<string, int> _urls = [];

                public void Log(string url, int status)
                {
                    if (!_urls.TryGetValue(url, out int id))
                    {
                        _urls.Add(url, id = _urls.Count);
                    }

                    var hit = hits.Next(); //~VMS2015
                    hit.Time = DateTime.UtcNow.Ticks;
                    (hit.Url, hit.Status) = (id, status);
                }
            }
            """,
        ["MemorySlotsCopiedInAsyncFill"] = """
            namespace B009;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public static class Replay
            {
                public static async Task SendAsync(RecordWriter<Tick> ticks, double[] prices, CancellationToken cancellation)
                {
                    Memory<Tick> slots = ticks.GetMemory(prices.Length);
                    for (int i = 0; i < prices.Length; i++)
                    {
                        Tick tick = slots.Span[i]; //~VMS2015
                        tick.Time = i;
                        tick.Price = prices[i];
                    }

                    ticks.Advance(prices.Length);
                    await ticks.FlushAsync(cancellation);
                }
            }
            """,
        ["SlotChosenBySwitchIsACopy"] = """
            public enum Side { Buy, Sell }

            [Spliceable]
            public partial struct Order { public long Id; public long Quantity; }

            public sealed class Router(RecordWriter<Order> buys, RecordWriter<Order> sells)
            {
                public void Route(Side side, long id, long quantity)
                {
                    Order order = side switch //~VMS2015
                    {
                        Side.Buy => buys.Next(),
                        _ => sells.Next(),
                    };
                    order.Id = id;
                    order.Quantity = quantity;
                }

                public void Close()
                {
                    buys.Complete();
                    sells.Complete();
                }
            }
            """,
        ["SlotCopiedOutOfItsRef"] = """
            [Spliceable]
            public partial struct Point { public double X; public double Y; }

            public static class Plot
            {
                public static void Draw(SpliceWriter pipe, List<(double X, double Y)> points)
                {
                    using RecordWriter<Point> writer = Point.CreateWriter(pipe);
                    foreach ((double x, double y) in points)
                    {
                        ref Point slot = ref writer.Next();
                        Point point = slot; //~VMS2015
                        point.X = x;
                        point.Y = y;
                    }

                    writer.Complete();
                }
            }
            """,
        ["SlotKeptInAFieldByValue"] = """
            [Spliceable]
            public partial struct Trade { public long Id; public double Price; }

            public sealed class TradeBuilder
            {
                private readonly RecordWriter<Trade> _trades;
                private Trade _current;

                public TradeBuilder(RecordWriter<Trade> trades) => _trades = trades;

                public void Record(long id, double price)
                {
                    _current = _trades.Next(); //~VMS2015
                    _current.Id = id;
                    _current.Price = price;
                }

                public void Finish() => _trades.Complete();
            }
            """,
    };
}
