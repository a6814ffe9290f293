namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Batches, by mistake.</summary>
internal sealed class BatchesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchPutIntoChannel"] = """
            namespace A057;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public sealed class Ingest(SpliceReader pipe)
            {
                private readonly Channel<ReadOnlyMemory<Tick>> _batches = Channel.CreateBounded<ReadOnlyMemory<Tick>>(8);

                public ChannelReader<ReadOnlyMemory<Tick>> Batches => _batches.Reader;

                public async Task RunAsync(CancellationToken stopping)
                {
                    using RecordReader<Tick> ticks = Tick.CreateReader(pipe);
                    await foreach (ReadOnlyMemory<Tick> batch in ticks.WithCancellation(stopping))
                    {
                        await _batches.Writer.WriteAsync(batch, stopping); //~VMS2016
                    }

                    _batches.Writer.Complete();
                }
            }
            """,
        ["BatchesGatheredByTolistasync"] = """
            namespace B021;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public static class Report
            {
                public static async Task<double> MeanAsync(SpliceReader pipe, CancellationToken cancellation)
                {
                    using RecordReader<Tick> reader = Tick.CreateReader(pipe);
                    List<ReadOnlyMemory<Tick>> batches = await reader.ToListAsync(cancellation); //~VMS2016
                    double sum = 0;
                    long count = 0;
                    foreach (ReadOnlyMemory<Tick> batch in batches)
                    {
                        foreach (Tick tick in batch.Span)
                        {
                            sum += tick.Price;
                            count++;
                        }
                    }

                    return count == 0 ? double.NaN : sum / count;
                }
            }
            """,
        ["ReaderLoopFeedsChannelWithBatches"] = """
            [Spliceable]
            public partial struct Hit { public long Time; public int Status; public int Bytes; }

            public sealed class HitPump(RecordReader<Hit> hits)
            {
                private readonly Channel<ReadOnlyMemory<Hit>> _queue = Channel.CreateBounded<ReadOnlyMemory<Hit>>(16);

                public long Bytes { get; private set; }

                public Task RunAsync(CancellationToken stopping) => Task.WhenAll(ProduceAsync(stopping), ConsumeAsync(stopping));

                private async Task ProduceAsync(CancellationToken stopping)
                {
                    await foreach (ReadOnlyMemory<Hit> batch in hits.WithCancellation(stopping))
                    {
                        await _queue.Writer.WriteAsync(batch, stopping); //~VMS2016
                    }

                    _queue.Writer.Complete();
                }

                private async Task ConsumeAsync(CancellationToken stopping)
                {
                    await foreach (ReadOnlyMemory<Hit> batch in _queue.Reader.ReadAllAsync(stopping))
                    {
                        foreach (ref readonly Hit hit in batch.Span)
                        {
                            Bytes += hit.Bytes;
                        }
                    }
                }
            }
            """,
        ["SlicesFiledByMinuteInDictionary"] = """
            namespace B022;

            [Spliceable]
            public partial struct Tick { public long Second; public double Price; }

            public sealed class MinuteIndex
            {
                private readonly Dictionary<long, ReadOnlyMemory<Tick>> _byMinute = [];

                public async Task BuildAsync(RecordReader<Tick> reader)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in reader)
                    {
                        int start = 0;
                        for (int i = 1; i <= batch.Length; i++)
                        {
                            if (i == batch.Length || batch.Span[i].Second / 60 != batch.Span[start].Second / 60)
                            {
                                _byMinute[batch.Span[start].Second / 60] = batch[start..i]; //~VMS2016
                                start = i;
                            }
                        }
                    }
                }

                public double Open(long minute) => _byMinute[minute].Span[0].Price;
            }
            """,
        ["StampedBatchTuplesInQueue"] = """
            namespace B024;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public sealed class DelayedView
            {
                private readonly ConcurrentQueue<(DateTime Seen, ReadOnlyMemory<Tick> Ticks)> _pending = new();

                public async Task ReadAsync(RecordReader<Tick> reader, CancellationToken cancellation)
                {
                    while (true)
                    {
                        ReadOnlyMemory<Tick> batch = await reader.ReadBatchAsync(cancellation);
                        if (batch.IsEmpty)
                        {
                            break;
                        }

                        _pending.Enqueue((DateTime.UtcNow, batch)); //~VMS2016
                    }
                }

                public double? LastOlderThan(TimeSpan age)
                    => _pending.TryDequeue(out var one) && DateTime.UtcNow - one.Seen > age ? one.Ticks.Span[^1].Price : null;
            }
            """,
    };
}
