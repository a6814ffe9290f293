namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Slots of record writers, and right.</summary>
internal sealed class OtherSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LastSectionCompletesTheWriter"] = """
            [Spliceable]
            public partial struct Entry { public int Section; public int Index; public long Value; }

            public static class ReportDump
            {
                public static void Dump(SpliceWriter pipe, long[] totals, long[] details)
                {
                    using RecordWriter<Entry> entries = Entry.CreateWriter(pipe);
                    WriteSection(entries, 1, totals);
                    WriteLast(entries, 2, details);
                }

                private static void WriteLast(RecordWriter<Entry> entries, int section, long[] values)
                {
                    WriteSection(entries, section, values);
                    entries.Complete();
                }

                private static void WriteSection(RecordWriter<Entry> entries, int section, long[] values)
                {
                    for (int i = 0; i < values.Length; i++)
                    {
                        ref Entry entry = ref entries.Next();
                        entry.Section = section;
                        entry.Index = i;
                        entry.Value = values[i];
                    }
                }
            }
            """,
        ["LegsFilledOneAfterAnother"] = """
            [Spliceable]
            public partial struct Leg { public long OrderId; public long Price; public int Quantity; public int Side; }

            public sealed class SpreadSender
            {
                private readonly RecordWriter<Leg> _legs;
                private long _nextId;

                public SpreadSender(RecordWriter<Leg> legs) => _legs = legs;

                private ref Leg NewLeg()
                {
                    ref Leg leg = ref _legs.Next();
                    leg.OrderId = ++_nextId;
                    return ref leg;
                }

                public long Send(long bid, long ask, int quantity)
                {
                    ref Leg leg = ref NewLeg();
                    leg.Side = 1;
                    leg.Price = bid;
                    leg.Quantity = quantity;
                    long first = leg.OrderId;
                    leg = ref NewLeg();
                    leg.Side = -1;
                    leg.Price = ask;
                    leg.Quantity = quantity;
                    return first;
                }
            }
            """,
        ["PendingWritesAwaitedBeforeArrayReuse"] = """
            [Spliceable]
            public partial struct Event { public long Time; public long Kind; }

            public sealed class BatchSender(RecordWriter<Event> writer)
            {
                private readonly Event[] _events = new Event[1024];
                private int _count;

                public async ValueTask AddAsync(Event one, CancellationToken ct)
                {
                    _events[_count++] = one;
                    if (_count < _events.Length)
                    {
                        return;
                    }

                    await writer.WriteAsync(_events.AsMemory(0, _count), ct);
                    _count = 0;
                    Array.Clear(_events);
                }
            }
            """,
        ["RefConditionalBetweenWriters"] = """
            [Spliceable]
            public partial struct LogRow { public long Time; public int Level; public int Code; }

            public sealed class SplitLogger(RecordWriter<LogRow> errors, RecordWriter<LogRow> others)
            {
                public void Log(int level, int code)
                {
                    ref LogRow row = ref level >= 4 ? ref errors.Next() : ref others.Next();
                    row.Time = DateTime.UtcNow.Ticks;
                    row.Level = level;
                    row.Code = code;
                    if (level >= 4)
                    {
                        errors.Flush();
                    }
                }
            }
            """,
        ["SpanAskedAnewBehindEachAdvance"] = """
            [Spliceable]
            public partial struct Sample { public long Timestamp; public double Value; }

            public static class SampleCollector
            {
                public static void Collect(RecordWriter<Sample> writer, Queue<double> pending)
                {
                    Span<Sample> slots = writer.GetSpan(1);
                    int used = 0;
                    while (pending.TryDequeue(out double value))
                    {
                        if (used == slots.Length)
                        {
                            writer.Advance(used);
                            slots = writer.GetSpan(1);
                            used = 0;
                        }

                        slots[used++] = new Sample { Timestamp = Environment.TickCount64, Value = value };
                    }

                    writer.Advance(used);
                }
            }
            """,
        ["TextsAndListsOnALiveSlot"] = """
            [Spliceable]
            public partial struct TraceLine { public long Time; public int Level; public int Thread; public SpliceText Route;
                public SpliceText Message; public SpliceList<long> Times; }

            public sealed class RequestTracer(RecordWriter<TraceLine> lines)
            {
                public void Trace(string route, int status, long[] times)
                {
                    ref TraceLine line = ref lines.Next();
                    line.Time = Environment.TickCount64;
                    line.Route = lines.AddText(route);
                    line.Message = lines.AddText($"ended with {status}");
                    if (times.Length > 0)
                    {
                        line.Times = lines.AddList<long>(times);
                    }

                    line.Thread = Environment.CurrentManagedThreadId;
                    line.Level = status >= 500 ? 4 : 2;
                }
            }
            """,
        ["TwoWritersTwoSlotsAtOnce"] = """
            [Spliceable]
            public partial struct Bid { public long Time; public long Price; }

            [Spliceable]
            public partial struct Ask { public long Time; public long Price; }

            public sealed class TopOfBook(RecordWriter<Bid> bids, RecordWriter<Ask> asks)
            {
                public void Publish(long bid, long ask)
                {
                    ref Bid left = ref bids.Next();
                    ref Ask right = ref asks.Next();
                    long now = Environment.TickCount64;
                    left.Price = bid;
                    right.Price = ask;
                    left.Time = now;
                    right.Time = now;
                    bids.Flush();
                    asks.Flush();
                }
            }
            """,
        ["UnframedWriterFlushed"] = """
            [Spliceable]
            public partial struct Pcm { public short Left; public short Right; }

            public static class AudioToPlayer
            {
                public static void Play(SpliceWriter player, ReadOnlySpan<Pcm> samples)
                {
                    using RecordWriter<Pcm> writer = Pcm.CreateWriter(player, new() { Framed = false });
                    writer.Write(samples);
                    writer.Flush();
                }
            }
            """,
        ["WriterFactoryReturnsOpenWriter"] = """
            [Spliceable]
            public partial struct Audit { public long User; public long Action; }

            public static class AuditFactory
            {
                public static RecordWriter<Audit> Open(string fifo, out bool created)
                {
                    created = !File.Exists(fifo);
                    if (created)
                    {
                        SplicePipe.CreateFifo(fifo);
                    }

                    RecordWriter<Audit> writer = Audit.CreateWriter(SpliceWriter.OpenFifo(fifo));
                    ref Audit first = ref writer.Next();
                    first.User = Environment.ProcessId;
                    return writer;
                }
            }
            """,
    };
}
