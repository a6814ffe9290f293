namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Records and batches that are used after their writer or reader moved on.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GapBetweenBatches"] = """
            // Monitoring: the time between the end of one batch and the start of the next is the gap of the collector.
            [Spliceable]
            public partial struct Probe { public long Time; public double Value; }

            public sealed class GapMeter(RecordReader<Probe> probes)
            {
                public async Task<long?> MeasureAsync(CancellationToken cancellation)
                {
                    ReadOnlyMemory<Probe> before = await probes.ReadBatchAsync(cancellation);
                    if (before.IsEmpty)
                    {
                        return null;
                    }

                    ReadOnlyMemory<Probe> after = await probes.ReadBatchAsync(cancellation);
                    if (after.IsEmpty)
                    {
                        return null;
                    }

                    long start = after.Span[0].Time;
                    long end = before.Span[^1].Time; //~VMS2003
                    return start - end;
                }
            }
            """,
        ["MarkerAfterAdvance"] = """
            // LIDAR: a sweep is written as a run of points; the first point carries the number of those that were kept.
            [Spliceable]
            public partial struct LidarPoint { public float X; public float Y; public float Z; public int Kept; }

            public static class SweepWriter
            {
                public static int Write(RecordWriter<LidarPoint> points, ReadOnlySpan<(float X, float Y, float Z)> sweep, float floor)
                {
                    Span<LidarPoint> slots = points.GetSpan(sweep.Length + 1);
                    int kept = 1;
                    foreach (var (x, y, z) in sweep)
                    {
                        if (z > floor)
                        {
                            slots[kept++] = new LidarPoint { X = x, Y = y, Z = z };
                        }
                    }

                    points.Advance(kept);
                    slots[0].Kept = kept - 1; //~VMS2003
                    return kept - 1;
                }
            }
            """,
        ["SpanWithHeartbeat"] = """
            // Tracing: a span is opened, the work is done, and its duration is filled in at the end.
            public enum TraceKind { Span, Heartbeat }

            [Spliceable]
            public partial struct TraceEvent { public long Start; public long Duration; public TraceKind Kind; public int Thread; }

            public sealed class Tracer(RecordWriter<TraceEvent> events)
            {
                private long _lastBeat;

                public void Trace(Action work)
                {
                    long start = Stopwatch.GetTimestamp();
                    ref TraceEvent span = ref events.Next();
                    span.Start = start;
                    span.Thread = Environment.CurrentManagedThreadId;
                    work();
                    Beat();
                    span.Duration = Stopwatch.GetTimestamp() - start; //~VMS2003
                }

                private void Beat()
                {
                    _lastBeat = Stopwatch.GetTimestamp();
                    events.Write(new TraceEvent { Start = _lastBeat, Kind = TraceKind.Heartbeat });
                    events.Flush();
                }
            }
            """,
        ["TwoSidedQuote"] = """
            // Market making: both sides of a quote are opened by one helper, then priced.
            [Spliceable]
            public partial struct Level { public long Time; public double Price; public int Size; public int Side; }

            public sealed class QuoteBook(RecordWriter<Level> levels, TimeProvider clock)
            {
                public void Quote(double mid, double spread, int size)
                {
                    ref Level bid = ref Open(side: 0, size);
                    ref Level ask = ref Open(side: 1, size);
                    ask.Price = mid + (spread / 2);
                    bid.Price = mid - (spread / 2); //~VMS2003
                }

                private ref Level Open(int side, int size)
                {
                    ref Level level = ref levels.Next();
                    level.Time = clock.GetTimestamp();
                    level.Side = side;
                    level.Size = size;
                    return ref level;
                }
            }
            """,
    };
}
