namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Slots of record writers, and right.</summary>
internal sealed class SlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PositionBuiltWholeThenWritten"] = """
            [Spliceable]
            public partial struct Position { public int Entity; public float X; public float Y; public float Z; }

            public sealed class World
            {
                private readonly Dictionary<int, (float X, float Y, float Z)> _entities = new();

                public void Move(int id, float x, float y, float z) => _entities[id] = (x, y, z);

                public void Replicate(RecordWriter<Position> positions)
                {
                    foreach (var (id, at) in _entities)
                    {
                        Position position = default;
                        position.Entity = id;
                        (position.X, position.Y, position.Z) = at;
                        positions.Write(position);
                        position.Entity = 0;
                    }

                    positions.Flush();
                }
            }
            """,
        ["QuoteChosenByRefConditional"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public double Bid; public double Ask; }

            public sealed class Splitter(RecordWriter<Quote> liquid, RecordWriter<Quote> rest)
            {
                public void Publish(long time, double bid, double ask)
                {
                    ref Quote quote = ref ask - bid < 0.01 ? ref liquid.Next() : ref rest.Next();
                    quote.Time = time;
                    quote.Bid = bid;
                    quote.Ask = ask;
                }

                public void Complete()
                {
                    liquid.Complete();
                    rest.Complete();
                }
            }
            """,
        ["ResultsCompletedWhenAllRan"] = """
            [Spliceable]
            public partial struct TestResult { public long Test; public int Passed; public int Millis; }

            public static class HarnessChild
            {
                public static int Run(IReadOnlyDictionary<long, Func<bool>> tests)
                {
                    using RecordWriter<TestResult> results = TestResult.CreateWriter(SpliceWriter.OpenInherited());
                    int failures = 0;
                    foreach ((long id, Func<bool> test) in tests)
                    {
                        bool passed = test();
                        results.Write(new TestResult { Test = id, Passed = passed ? 1 : 0 });
                        if (!passed) failures++;
                    }

                    return End(results, failures);
                }

                private static int End(RecordWriter<TestResult> results, int code)
                {
                    results.Complete();
                    return code;
                }
            }
            """,
        ["SinkCompletesInDisposeAsync"] = """
            [Spliceable]
            public partial struct Interval { public long Begin; public long End; }

            public sealed class SpanSink : IAsyncDisposable
            {
                private readonly RecordWriter<Interval> _out;
                private bool _failed;

                public SpanSink(string fifo) => _out = Interval.CreateWriter(SpliceWriter.OpenFifo(fifo));

                public async ValueTask AddAsync(ReadOnlyMemory<Interval> intervals)
                {
                    try
                    {
                        await _out.WriteAsync(intervals);
                    }
                    catch (BrokenPipeException)
                    {
                        _failed = true;
                        throw;
                    }
                }

                public async ValueTask DisposeAsync()
                {
                    try
                    {
                        if (!_failed) await _out.CompleteAsync();
                    }
                    finally
                    {
                        _out.Dispose();
                    }
                }
            }
            """,
        ["SlotFilledBesideOtherWritersFlush"] = """
            [Spliceable]
            public partial struct Order { public long Id; public double Price; }

            public sealed class TwoFeeds : IDisposable
            {
                private readonly RecordWriter<Order> _bids;
                private readonly RecordWriter<Order> _asks;

                public TwoFeeds(SpliceWriter bids, SpliceWriter asks)
                {
                    _bids = Order.CreateWriter(bids);
                    _asks = Order.CreateWriter(asks);
                }

                public void Quote(long id, double bid, double ask)
                {
                    ref Order b = ref _bids.Next();
                    ref Order a = ref _asks.Next();
                    a.Id = id;
                    a.Price = ask;
                    _asks.Flush();
                    b.Id = id;
                    b.Price = bid;
                    _bids.Flush();
                }

                public void Close()
                {
                    _bids.Complete();
                    _asks.Complete();
                }

                public void Dispose()
                {
                    _bids.Dispose();
                    _asks.Dispose();
                }
            }
            """,
        ["SpansAdvancedThenAskedAnew"] = """
            [Spliceable]
            public partial struct Cell { public int X; public int Y; public float Height; public float Wet; }

            public static class TerrainStreamer
            {
                public static void Stream(RecordWriter<Cell> cells, int[,] map)
                {
                    int width = map.GetLength(1);
                    Span<Cell> row = cells.GetSpan(width);
                    for (int y = 0; y < map.GetLength(0); y++)
                    {
                        for (int x = 0; x < width; x++)
                        {
                            ref Cell cell = ref row[x];
                            cell = new Cell { X = x, Y = y, Height = map[y, x] };
                            cell.Wet = x == 0 ? 1 : 0;
                        }

                        cells.Advance(width);
                        row = cells.GetSpan(width);
                    }

                    cells.Complete();
                }
            }
            """,
        ["TextAddedWhileSlotIsOpen"] = """
            [Spliceable]
            public partial struct Diagnostic { public long File; public int Line; public int Severity; public SpliceText Message; public SpliceText Hint; }

            public sealed class DiagnosticSink(RecordWriter<Diagnostic> sink)
            {
                public void Report(long file, int line, string message, string? hint)
                {
                    ref Diagnostic d = ref sink.Next();
                    d.File = file;
                    d.Message = sink.AddText(message);
                    if (hint is not null)
                    {
                        d.Hint = sink.AddText($"hint: {hint}");
                    }

                    d.Line = line;
                    d.Severity = hint is null ? 2 : 1;
                }
            }
            """,
        ["TradePairFilledOneAfterOther"] = """
            [Spliceable]
            public partial struct Fill { public long OrderId; public double Price; public int Quantity; public int Side; }

            public sealed class Matcher(RecordWriter<Fill> fills)
            {
                public void Match(long buyer, long seller, double price, int quantity)
                {
                    ref Fill fill = ref Start(buyer, 1);
                    fill.Price = price;
                    fill.Quantity = quantity;
                    fill = ref Start(seller, -1);
                    fill.Price = price;
                    fill.Quantity = quantity;
                }

                private ref Fill Start(long order, int side)
                {
                    ref Fill fill = ref fills.Next();
                    fill.OrderId = order;
                    fill.Side = side;
                    return ref fill;
                }
            }
            """,
    };
}
