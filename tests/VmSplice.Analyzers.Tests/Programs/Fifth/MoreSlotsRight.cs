namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Slots of record writers, and right.</summary>
internal sealed class MoreSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MetricRoomInFieldTakenAnew"] = """
            [Spliceable]
            public partial struct Metric { public long Name; public double Value; }

            public sealed class MetricBuffer
            {
                private const int Room = 64;
                private readonly RecordWriter<Metric> _sink;
                private Memory<Metric> _room;
                private int _used;

                public MetricBuffer(RecordWriter<Metric> sink) => _sink = sink;

                public async ValueTask RecordAsync(long name, double value, CancellationToken cancellation)
                {
                    if (_used == Room)
                    {
                        await ShipAsync(cancellation);
                    }

                    if (_used == 0)
                    {
                        _room = _sink.GetMemory(Room);
                    }

                    _room.Span[_used++] = new Metric { Name = name, Value = value };
                }

                public async ValueTask ShipAsync(CancellationToken cancellation)
                {
                    if (_used > 0)
                    {
                        _sink.Advance(_used);
                        _used = 0;
                        _room = default;
                        await _sink.FlushAsync(cancellation);
                    }
                }
            }
            """,
        ["ObserverWaitsForItsWrites"] = """
            [Spliceable]
            public partial struct Beat { public long Host; public long Time; }

            public sealed class BeatForwarder(RecordWriter<Beat> beats) : IObserver<Beat[]>
            {
                private Task _last = Task.CompletedTask;

                public Task Finished => _last;

                public void OnNext(Beat[] value) => _last = AfterAsync(_last, value.AsMemory());

                public void OnError(Exception error) => beats.Dispose();

                public void OnCompleted() => _last = EndAsync(_last);

                private async Task AfterAsync(Task before, ReadOnlyMemory<Beat> value)
                {
                    await before;
                    await beats.WriteAsync(value);
                    await beats.FlushAsync();
                }

                private async Task EndAsync(Task before)
                {
                    await before;
                    await beats.CompleteAsync();
                }
            }
            """,
        ["OrderDraftsOneAfterAnother"] = """
            [Spliceable]
            public partial struct Order { public long Id; public double Price; public int Size; public int Side; }

            public readonly ref struct OrderDraft
            {
                private readonly ref Order _slot;

                public OrderDraft(RecordWriter<Order> book, long id)
                {
                    _slot = ref book.Next();
                    _slot.Id = id;
                }

                public void Set(double price, int size, int side)
                {
                    _slot.Price = price;
                    _slot.Size = size;
                    _slot.Side = side;
                }
            }

            public sealed class QuoteEngine(RecordWriter<Order> book)
            {
                private long _lastId;

                public void Quote(double middle, double spread, int size)
                {
                    OrderDraft draft = new(book, ++_lastId);
                    draft.Set(middle - spread / 2, size, 1);
                    draft = new OrderDraft(book, ++_lastId);
                    draft.Set(middle + spread / 2, size, 2);
                    book.Flush();
                }
            }
            """,
        ["ParentIdKeptAsValueNotSlot"] = """
            [Spliceable]
            public partial struct Node { public long Id; public long Parent; public int Depth; public int Children; }

            public sealed record Tree(string Name, Tree[] Children);

            public sealed class TreeWriter(RecordWriter<Node> nodes)
            {
                private long _lastId;

                public long Write(Tree tree, long parent = 0, int depth = 0)
                {
                    ref Node node = ref nodes.Next();
                    long id = ++_lastId;
                    node.Id = id;
                    node.Parent = parent;
                    node.Depth = depth;
                    node.Children = tree.Children.Length;
                    foreach (Tree child in tree.Children)
                    {
                        Write(child, id, depth + 1);
                    }

                    return id;
                }
            }
            """,
        ["ScratchRefilledAfterAwaitedWrite"] = """
            [Spliceable]
            public partial struct Point { public long Time; public double Value; }

            public sealed class Downsampler(RecordWriter<Point> output)
            {
                private Point[] _filling = new Point[256];
                private int _used;

                public async ValueTask AddAsync(Point point, CancellationToken cancellation)
                {
                    _filling[_used++] = point;
                    if (_used == _filling.Length)
                    {
                        await output.WriteAsync(_filling, cancellation);
                        _filling[0] = point;
                        _used = 1;
                    }
                }

                public async ValueTask FinishAsync(CancellationToken cancellation)
                {
                    await output.WriteAsync(_filling.AsMemory()[.._used], cancellation);
                    _filling = [];
                    await output.CompleteAsync(cancellation);
                }
            }
            """,
        ["SlotFlagSetBeforeFlushWhenDue"] = """
            [Spliceable]
            public partial struct Entry { public long Time; public int Level; public int Flags; }

            public sealed class LogShipper(RecordWriter<Entry> output, int every)
            {
                private int _pending;

                public void Log(int level)
                {
                    ref Entry entry = ref output.Next();
                    entry.Time = DateTime.UtcNow.Ticks;
                    bool due = ++_pending >= every;
                    if (due)
                    {
                        entry.Flags = 1;
                        entry.Level = level;
                        output.Flush();
                        _pending = 0;
                    }

                    if (!due)
                    {
                        entry.Level = level;
                    }
                }
            }
            """,
        ["SlotsOfTwoWritersAtOnce"] = """
            [Spliceable]
            public partial struct Leg { public long Time; public double Price; }

            public sealed class PairPublisher
            {
                private readonly RecordWriter<Leg> _bids;
                private readonly RecordWriter<Leg> _asks;

                public PairPublisher(SpliceWriter bids, SpliceWriter asks)
                {
                    _bids = Leg.CreateWriter(bids);
                    _asks = Leg.CreateWriter(asks);
                }

                public void Publish(long time, double bid, double ask)
                {
                    ref Leg left = ref _bids.Next();
                    ref Leg right = ref _asks.Next();
                    left.Time = time;
                    right.Time = time;
                    left.Price = bid;
                    right.Price = ask;
                    _bids.Flush();
                    right.Price -= 0.01;
                    _asks.Flush();
                }

                public void Stop()
                {
                    _bids.Complete();
                    _asks.Complete();
                    _bids.Dispose();
                    _asks.Dispose();
                }
            }
            """,
    };
}
