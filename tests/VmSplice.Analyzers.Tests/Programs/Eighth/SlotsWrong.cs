namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Records and batches that are used after their writer or reader moved on.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ExportSections"] = """
            // ETL: rows of a section behind a row that counts them.
            [Spliceable]
            public partial struct ExportRow { public long Key; public long Value; public int Section; public int Rows; }

            public static class ExportSections
            {
                public static void Write(RecordWriter<ExportRow> rows, int section, ICollection<KeyValuePair<long, long>> values)
                {
                    Span<ExportRow> slots = rows.GetSpan(values.Count + 1);
                    ref ExportRow head = ref slots[0];
                    head.Section = section;
                    int count = 0;
                    foreach ((long key, long value) in values)
                    {
                        if (value == 0)
                        {
                            continue;
                        }

                        count++;
                        slots[count].Key = key;
                        slots[count].Value = value;
                        slots[count].Section = section;
                    }

                    rows.Advance(count + 1);
                    head.Rows = count; //~VMS2003
                }
            }
            """,
        ["OrderBookFeed"] = """
            // Trading: both sides of a level, in two records.
            [Spliceable]
            public partial struct Level { public long Time; public double Price; public long Size; }

            public sealed class OrderBookFeed : IDisposable
            {
                private readonly RecordWriter<Level> _levels;
                private long _time;

                public OrderBookFeed(SpliceWriter pipe) => _levels = Level.CreateWriter(pipe);

                private ref Level NextLevel()
                {
                    ref Level level = ref _levels.Next();
                    level.Time = ++_time;
                    return ref level;
                }

                public void Publish(double bidPrice, long bidSize, double askPrice, long askSize)
                {
                    ref Level bid = ref NextLevel();
                    bid.Price = bidPrice;
                    ref Level ask = ref NextLevel();
                    ask.Price = askPrice;
                    ask.Size = -askSize;
                    bid.Size = bidSize; //~VMS2003
                }

                public void Close() => _levels.Complete();

                public void Dispose() => _levels.Dispose();
            }
            """,
        ["ReplicaCompare"] = """
            // Databases: looks for a gap between two batches of changes.
            [Spliceable]
            public partial struct Change { public long Sequence; public long Row; }

            public sealed class ReplicaCompare(RecordReader<Change> changes)
            {
                public int Gaps { get; private set; }

                public async Task<bool> StepAsync(CancellationToken cancellation)
                {
                    ReadOnlyMemory<Change> earlier = await changes.ReadBatchAsync(cancellation);
                    if (earlier.IsEmpty)
                    {
                        return false;
                    }

                    ReadOnlyMemory<Change> later = await changes.ReadBatchAsync(cancellation);
                    if (later.IsEmpty)
                    {
                        return false;
                    }

                    long first = later.Span[0].Sequence;
                    long last = earlier.Span[^1].Sequence; //~VMS2003
                    if (first != last + 1)
                    {
                        Gaps++;
                    }

                    return true;
                }
            }
            """,
    };
}
