namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Uses on some paths, and of memory that a call still has.</summary>
internal sealed class MorePathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchOnThreadpoolWhileReadingOn"] = """
            namespace B027;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public sealed class Indicators
            {
                private double _sum;

                public async Task FollowAsync(RecordReader<Tick> reader, CancellationToken stopping)
                {
                    ReadOnlyMemory<Tick> batch;
                    do
                    {
                        batch = await reader.ReadBatchAsync(stopping);
                        ReadOnlyMemory<Tick> mine = batch;
                        ThreadPool.QueueUserWorkItem(_ => Update(mine)); //~VMS2004
                    }
                    while (!batch.IsEmpty);
                }

                private void Update(ReadOnlyMemory<Tick> ticks)
                {
                    foreach (ref readonly Tick tick in ticks.Span)
                    {
                        _sum += tick.Price;
                    }
                }
            }
            """,
        ["BatchWorkGatheredAndAwaitedAtEnd"] = """
            [Spliceable]
            public partial struct Pixel { public int X; public int Y; public long Rgb; }

            public static class Histogram
            {
                public static async Task<long> CountDarkAsync(RecordReader<Pixel> pixels)
                {
                    List<Task<long>> parts = [];
                    await foreach (ReadOnlyMemory<Pixel> batch in pixels)
                    {
                        parts.Add(Task.Run(() => Dark(batch.Span))); //~VMS2004
                    }

                    return (await Task.WhenAll(parts)).Sum();
                }

                private static long Dark(ReadOnlySpan<Pixel> pixels)
                {
                    long dark = 0;
                    foreach (ref readonly Pixel pixel in pixels)
                    {
                        dark += pixel.Rgb < 0x202020 ? 1 : 0;
                    }

                    return dark;
                }
            }
            """,
        ["BestRecordKeptByReference"] = """
            [Spliceable]
            public partial struct Bid { public long Bidder; public double Amount; }

            public static class Auction
            {
                public static long Winner(RecordReader<Bid> bids)
                {
                    ReadOnlySpan<Bid> batch = bids.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return 0;
                    }

                    ref readonly Bid best = ref batch[0];
                    do
                    {
                        foreach (ref readonly Bid bid in batch)
                        {
                            if (bid.Amount > best.Amount) //~VMS2004
                            {
                                best = ref bid;
                            }
                        }

                        batch = bids.ReadBatch();
                    }
                    while (!batch.IsEmpty);
                    return 1;
                }
            }
            """,
        ["BufferClearedWhileItIsReceivedInto"] = """
            public sealed class Prefetcher(SpliceReader reader) : IDisposable
            {
                private readonly PageBuffer<int> _next = PageBuffer<int>.Allocate(16 * 1024);

                public async Task<long> SumNextAsync(CancellationToken cancellation)
                {
                    ValueTask<int> reading = reader.ReadAsync(_next, cancellation);
                    _next.Span.Clear(); //~VMS2004
                    int count = await reading;
                    long sum = 0;
                    for (int i = 0; i < count; i++)
                    {
                        sum += _next[i];
                    }

                    return sum;
                }

                public void Dispose() => _next.Dispose();
            }
            """,
        ["HeaderSlotCountPatchedAtEnd"] = """
            public enum Kind { Header, Item }

            [Spliceable]
            public partial struct Row { public long Value; public int Count; public Kind Kind; }

            public static class Sheet
            {
                public static int Write(RecordWriter<Row> rows, IEnumerable<long> values)
                {
                    ref Row header = ref rows.Next();
                    header.Kind = Kind.Header;
                    int count = 0;
                    foreach (long value in values)
                    {
                        if (value < 0)
                        {
                            continue;
                        }

                        ref Row row = ref rows.Next();
                        row.Kind = Kind.Item;
                        row.Value = value;
                        count++;
                    }

                    header.Count = count; //~VMS2004
                    return count;
                }
            }
            """,
        ["SlotFinishedAfterHelperMayFlush"] = """
            [Spliceable]
            public partial struct Metric { public long Time; public double Value; }

            public sealed class MetricPump
            {
                private readonly RecordWriter<Metric> _writer;
                private DateTime _due = DateTime.UtcNow;

                public MetricPump(RecordWriter<Metric> writer) => _writer = writer;

                public void Add(double value)
                {
                    ref Metric metric = ref _writer.Next();
                    metric.Time = DateTime.UtcNow.Ticks;
                    FlushIfDue();
                    metric.Value = value; //~VMS2004
                }

                private void FlushIfDue()
                {
                    if (DateTime.UtcNow >= _due)
                    {
                        _writer.Flush();
                        _due = DateTime.UtcNow.AddSeconds(1);
                    }
                }
            }
            """,
    };
}
