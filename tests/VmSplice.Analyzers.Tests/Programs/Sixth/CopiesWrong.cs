namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Records copied.</summary>
internal sealed class CopiesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MetricSlotsCopiedInLoop"] = """
            [Spliceable]
            public partial struct Metric { public long Name; public double Value; }

            public static class MetricExporter
            {
                public static void Export(RecordWriter<Metric> writer, IReadOnlyList<KeyValuePair<long, double>> values)
                {
                    Memory<Metric> room = writer.GetMemory(values.Count);
                    int i = 0;
                    foreach (var (name, value) in values)
                    {
                        Metric metric = room.Span[i++]; //~VMS2015
                        metric.Name = name;
                        metric.Value = value;
                    }

                    writer.Advance(i);
                }
            }
            """,
        ["PositionCopiedFromSlot"] = """
            [Spliceable]
            public partial struct Position { public int Entity; public float X; public float Y; public float Z; }

            public sealed class World
            {
                public sealed record Entity(int Id, float X, float Y, float Z);

                private readonly List<Entity> _entities = new();

                public void Spawn(Entity entity) => _entities.Add(entity);

                public void Replicate(RecordWriter<Position> positions)
                {
                    foreach (Entity entity in _entities)
                    {
                        Position slot = positions.Next(); //~VMS2015
                        slot.Entity = entity.Id;
                        slot.X = entity.X;
                        slot.Y = entity.Y;
                        slot.Z = entity.Z;
                    }

                    positions.Flush();
                }
            }
            """,
        ["QuoteCopiedByConditional"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public double Bid; public double Ask; }

            public sealed class Splitter(RecordWriter<Quote> liquid, RecordWriter<Quote> rest)
            {
                public void Publish(long time, double bid, double ask)
                {
                    var quote = ask - bid < 0.01 ? liquid.Next() : rest.Next(); //~VMS2015
                    quote.Time = time;
                    quote.Bid = bid;
                    quote.Ask = ask;
                }
            }
            """,
        ["BroadcastSlotCopied"] = """
            [Spliceable]
            public partial struct Position { public long Vehicle; public double Latitude; public double Longitude; }

            public sealed class FleetBroadcast : IDisposable
            {
                private readonly RecordBroadcaster<Position> _positions;

                public FleetBroadcast(IEnumerable<SpliceWriter> pipes) => _positions = new RecordBroadcaster<Position>(pipes);

                public void Moved(long vehicle, double latitude, double longitude)
                {
                    Position position = _positions.Next(); //~VMS2015
                    (position.Vehicle, position.Latitude, position.Longitude) = (vehicle, latitude, longitude);
                }

                public void Finish() => _positions.Complete();

                public void Dispose() => _positions.Dispose();
            }
            """,
        ["CopyOfSlotByConditionalWriter"] = """
            [Spliceable]
            public partial struct LogRow { public long Time; public int Level; public int Code; }

            public sealed class SplitLogger(RecordWriter<LogRow> errors, RecordWriter<LogRow> others)
            {
                public void Log(int level, int code)
                {
                    LogRow row = level >= 4 ? errors.Next() : others.Next(); //~VMS2015
                    row.Time = DateTime.UtcNow.Ticks;
                    row.Level = level;
                    row.Code = code;
                }
            }
            """,
        ["SlotCopiedByVarInHeartbeat"] = """
            [Spliceable]
            public partial struct Heartbeat { public long SentAt; public int Pid; public int Load; }

            public sealed class HeartbeatTimer : IDisposable
            {
                private readonly RecordWriter<Heartbeat> _writer;
                private readonly Timer _timer;
                private readonly Lock _gate = new();

                public HeartbeatTimer(RecordWriter<Heartbeat> writer)
                {
                    _writer = writer;
                    _timer = new Timer(static state => ((HeartbeatTimer)state!).Beat(), this, 0, 1000);
                }

                private void Beat()
                {
                    lock (_gate)
                    {
                        var beat = _writer.Next(); //~VMS2015
                        beat.SentAt = Environment.TickCount64;
                        beat.Pid = Environment.ProcessId;
                        _writer.Flush();
                    }
                }

                public void Dispose() => _timer.Dispose();
            }
            """,
        ["SlotCopiedOutOfMemorySpan"] = """
            [Spliceable]
            public partial struct Pixel { public short X; public short Y; public int Color; }

            public static class Sprites
            {
                public static void Draw(RecordWriter<Pixel> writer, ReadOnlySpan<int> colors, int width)
                {
                    Memory<Pixel> memory = writer.GetMemory(colors.Length);
                    int n = 0;
                    foreach (int color in colors)
                    {
                        Pixel pixel = memory.Span[n]; //~VMS2015
                        pixel.X = (short)(n % width);
                        pixel.Y = (short)(n / width);
                        pixel.Color = color;
                        n++;
                    }

                    writer.Advance(n);
                }
            }
            """,
    };
}
