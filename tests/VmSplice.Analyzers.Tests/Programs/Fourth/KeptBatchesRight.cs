namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Batches that are copied before a collection keeps them, and right.</summary>
internal sealed class KeptBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchesCollectedHandledAndClearedEachRound"] = """
            [Spliceable]
            public partial struct Order { public long Id; public double Amount; }

            public sealed class OrderService(RecordReader<Order> orders)
            {
                private readonly Dictionary<long, Order> _open = [];

                public async Task<double> RunAsync(CancellationToken stopping)
                {
                    List<ReadOnlyMemory<Order>> parts = [];
                    await foreach (ReadOnlyMemory<Order> batch in orders.WithCancellation(stopping))
                    {
                        for (int start = 0; start < batch.Length; start += 1000)
                        {
                            parts.Add(batch[start..Math.Min(start + 1000, batch.Length)]);
                        }

                        foreach (ReadOnlyMemory<Order> part in parts)
                        {
                            Merge(part.Span);
                        }

                        parts.Clear();
                    }

                    return _open.Values.Sum(order => order.Amount);
                }

                private void Merge(ReadOnlySpan<Order> part)
                {
                    foreach (Order order in part)
                    {
                        _open[order.Id] = order;
                    }
                }
            }
            """,
        ["ProjectedArraysPutIntoChannel"] = """
            namespace A099;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public sealed class Ingest(SpliceReader pipe)
            {
                private readonly Channel<double[]> _prices = Channel.CreateBounded<double[]>(8);

                public ChannelReader<double[]> Prices => _prices.Reader;

                public async Task RunAsync(CancellationToken stopping)
                {
                    using RecordReader<Tick> ticks = Tick.CreateReader(pipe);
                    await foreach (ReadOnlyMemory<Tick> batch in ticks.WithCancellation(stopping))
                    {
                        await _prices.Writer.WriteAsync(Project(batch.Span), stopping);
                    }

                    _prices.Writer.Complete();
                }

                private static double[] Project(ReadOnlySpan<Tick> batch)
                {
                    var prices = new double[batch.Length];
                    for (int i = 0; i < prices.Length; i++)
                    {
                        prices[i] = batch[i].Price;
                    }

                    return prices;
                }
            }
            """,
        ["BatchesProjectedBeforeTolistasync"] = """
            namespace B121;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public static class Report
            {
                public static async Task<double> MeanAsync(SpliceReader pipe, CancellationToken cancellation)
                {
                    using RecordReader<Tick> reader = Tick.CreateReader(pipe);
                    List<Tick[]> batches = await reader.Select(batch => batch.ToArray()).ToListAsync(cancellation);
                    double sum = 0;
                    long count = 0;
                    foreach (Tick[] batch in batches)
                    {
                        sum += batch.Sum(tick => tick.Price);
                        count += batch.Length;
                    }

                    return count == 0 ? double.NaN : sum / count;
                }
            }
            """,
        ["ChannelOfPooledCopies"] = """
            [Spliceable]
            public partial struct Hit { public long Time; public int Status; public int Bytes; }

            public sealed class HitPump(RecordReader<Hit> hits)
            {
                private readonly Channel<ArraySegment<Hit>> _queue = Channel.CreateBounded<ArraySegment<Hit>>(16);

                public long Bytes { get; private set; }

                public Task RunAsync(CancellationToken stopping) => Task.WhenAll(ProduceAsync(stopping), ConsumeAsync(stopping));

                private async Task ProduceAsync(CancellationToken stopping)
                {
                    await foreach (ReadOnlyMemory<Hit> batch in hits.WithCancellation(stopping))
                    {
                        Hit[] copy = ArrayPool<Hit>.Shared.Rent(batch.Length);
                        batch.CopyTo(copy);
                        await _queue.Writer.WriteAsync(new ArraySegment<Hit>(copy, 0, batch.Length), stopping);
                    }

                    _queue.Writer.Complete();
                }

                private async Task ConsumeAsync(CancellationToken stopping)
                {
                    await foreach (ArraySegment<Hit> batch in _queue.Reader.ReadAllAsync(stopping))
                    {
                        foreach (Hit hit in batch)
                        {
                            Bytes += hit.Bytes;
                        }

                        ArrayPool<Hit>.Shared.Return(batch.Array!);
                    }
                }
            }
            """,
        ["ListSummedBeforeHelperReadsOn"] = """
            [Spliceable]
            public partial struct Block { public long Id; public SpliceList<double> Values; }

            public sealed class BlockSource(RecordReader<Block> blocks)
            {
                public (double Sum, bool More) SumFirst()
                {
                    double sum = 0;
                    ReadOnlySpan<Block> batch = blocks.ReadBatch();
                    foreach (ref readonly Block block in batch)
                    {
                        foreach (double value in blocks.GetList(block.Values))
                        {
                            sum += value;
                        }
                    }

                    return (sum, MoveOn());
                }

                private bool MoveOn() => !blocks.ReadBatch().IsEmpty;
            }
            """,
        ["NewestBatchStampedByItsLastRecord"] = """
            namespace B124;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public sealed class DelayedView
            {
                private readonly ConcurrentQueue<(DateTime Seen, Tick Last, int Count)> _pending = new();

                public async Task ReadAsync(RecordReader<Tick> reader, CancellationToken cancellation)
                {
                    while (true)
                    {
                        ReadOnlyMemory<Tick> batch = await reader.ReadBatchAsync(cancellation);
                        if (batch.IsEmpty)
                        {
                            break;
                        }

                        _pending.Enqueue((DateTime.UtcNow, batch.Span[^1], batch.Length));
                    }
                }

                public double? LastOlderThan(TimeSpan age)
                    => _pending.TryDequeue(out var one) && DateTime.UtcNow - one.Seen > age ? one.Last.Price : null;
            }
            """,
        ["QueueOfBatchesEmptiedEachRound"] = """
            [Spliceable]
            public partial struct Item { public long Key; public long Weight; }

            public static class Splitter
            {
                public static async Task<long> HeaviestAsync(RecordReader<Item> items, int most)
                {
                    long heaviest = 0;
                    Queue<ReadOnlyMemory<Item>> parts = new();
                    await foreach (ReadOnlyMemory<Item> batch in items)
                    {
                        parts.Enqueue(batch);
                        while (parts.TryDequeue(out ReadOnlyMemory<Item> part))
                        {
                            if (part.Length > most)
                            {
                                parts.Enqueue(part[..most]);
                                parts.Enqueue(part[most..]);
                                continue;
                            }

                            long weight = 0;
                            foreach (ref readonly Item item in part.Span)
                            {
                                weight += item.Weight;
                            }

                            heaviest = Math.Max(heaviest, weight);
                        }
                    }

                    return heaviest;
                }
            }
            """,
    };
}
