namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Records that are used after their writer or reader moved on.</summary>
internal sealed class MoreSlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ListSummedAfterHelperReadOn"] = """
            [Spliceable]
            public partial struct Block { public long Id; public SpliceList<double> Values; }

            public sealed class BlockSource(RecordReader<Block> blocks)
            {
                public long Current { get; private set; }

                public (double Sum, bool More) SumFirst()
                {
                    ReadOnlySpan<Block> batch = blocks.ReadBatch();
                    ReadOnlySpan<double> values = blocks.GetList(batch[0].Values);
                    bool more = MoveOn();
                    double sum = 0;
                    foreach (double value in values) //~VMS2003
                    {
                        sum += value;
                    }

                    return (sum, more);
                }

                private bool MoveOn()
                {
                    ReadOnlySpan<Block> next = blocks.ReadBatch();
                    if (next.IsEmpty)
                    {
                        return false;
                    }

                    Current = next[0].Id;
                    return true;
                }
            }
            """,
        ["MemoryFieldFilledAfterFlushAsync"] = """
            [Spliceable]
            public partial struct Reading { public long Sensor; public double Value; }

            public sealed class SlotPage
            {
                private readonly RecordWriter<Reading> _writer;
                private Memory<Reading> _page;
                private int _used;

                public SlotPage(RecordWriter<Reading> writer) => _writer = writer;

                public async Task AddPairAsync(long sensor, double first, double second)
                {
                    _page = _writer.GetMemory(2);
                    _used = 0;
                    _page.Span[_used++] = new Reading { Sensor = sensor, Value = first };
                    _writer.Advance(1);
                    await _writer.FlushAsync();
                    _page.Span[_used++] = new Reading { Sensor = sensor, Value = second }; //~VMS2003
                    _writer.Advance(1);
                }
            }
            """,
        ["PreviousBatchComparedWithNextToo"] = """
            namespace B013;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public static class Gaps
            {
                public static int Count(RecordReader<Tick> reader, long most)
                {
                    int gaps = 0;
                    ReadOnlySpan<Tick> previous = default;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (previous.Length > 0 && batch[0].Time - previous[^1].Time > most) //~VMS2003
                        {
                            gaps++;
                        }

                        previous = batch;
                    }

                    return gaps;
                }
            }
            """,
        ["RefStructScopeOutlivesSlot"] = """
            [Spliceable]
            public partial struct Span2 { public long Start; public long End; }

            public ref struct SlotScope
            {
                public ref Span2 Slot;
                public int Depth;
            }

            public static class Tracer
            {
                public static void Trace(RecordWriter<Span2> spans, long outerStart, long innerStart, long end)
                {
                    SlotScope outer = new() { Slot = ref spans.Next(), Depth = 0 };
                    outer.Slot.Start = outerStart;

                    SlotScope inner = new() { Slot = ref spans.Next(), Depth = 1 };
                    inner.Slot.Start = innerStart;
                    inner.Slot.End = end;

                    outer.Slot.End = end; //~VMS2003
                }
            }
            """,
        ["SecondHalfFilledAfterAdvance"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public float Left; public float Right; }

            public sealed class StereoSink(RecordWriter<Sample> samples)
            {
                private long _clock;

                public void Push(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
                {
                    Span<Sample> slots = samples.GetSpan(left.Length + right.Length);
                    for (int i = 0; i < left.Length; i++)
                    {
                        slots[i].Time = _clock++;
                        slots[i].Left = left[i];
                    }

                    samples.Advance(left.Length);
                    Span<Sample> rest = slots[left.Length..];
                    for (int i = 0; i < right.Length; i++)
                    {
                        rest[i].Right = right[i]; //~VMS2003
                    }

                    samples.Advance(right.Length);
                }
            }
            """,
        ["SlotWrittenBehindFinallyFlush"] = """
            [Spliceable]
            public partial struct Job { public long Started; public long Ended; }

            public sealed class JobLog(RecordWriter<Job> jobs, Func<long> clock)
            {
                public void Run(Action work)
                {
                    ref Job job = ref jobs.Next();
                    job.Started = clock();
                    try
                    {
                        work();
                    }
                    finally
                    {
                        jobs.Flush();
                    }

                    job.Ended = clock(); //~VMS2003
                }
            }
            """,
        ["TextOfTheEventBefore"] = """
            [Spliceable]
            public partial struct Event { public long Time; public SpliceText Source; }

            public sealed class Dedupe
            {
                public long Repeats { get; private set; }

                public void Run(SpliceReader pipe)
                {
                    using RecordReader<Event> events = Event.CreateReader(pipe);
                    ReadOnlySpan<byte> last = default;
                    for (ReadOnlySpan<Event> batch = events.ReadBatch(); !batch.IsEmpty; batch = events.ReadBatch())
                    {
                        if (last.SequenceEqual(events.GetText(batch[0].Source))) //~VMS2003
                        {
                            Repeats++;
                        }

                        last = events.GetText(batch[^1].Source);
                    }
                }
            }
            """,
        ["TwoBatchesByExtensionMerged"] = """
            [Spliceable]
            public partial struct Entry { public long Key; public long Count; }

            public static class ReaderExtensions
            {
                public static ReadOnlySpan<Entry> Page(this RecordReader<Entry> reader, int most)
                {
                    ReadOnlySpan<Entry> batch = reader.ReadBatch();
                    return batch.Length > most ? batch[..most] : batch;
                }
            }

            public static class Joiner
            {
                public static long Join(RecordReader<Entry> reader)
                {
                    ReadOnlySpan<Entry> left = reader.Page(100);
                    ReadOnlySpan<Entry> right = reader.Page(100);
                    long sum = 0;
                    for (int i = 0; i < right.Length; i++)
                    {
                        sum += right[i].Count * left[i].Count; //~VMS2003
                    }

                    return sum;
                }
            }
            """,
    };
}
