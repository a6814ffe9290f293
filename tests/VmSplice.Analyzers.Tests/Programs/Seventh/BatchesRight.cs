namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Batches that are read, and right.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AskedAndAnswered"] = """
            // Options pricing: each contract is flushed before its answer is read, and the stream is completed before the last look.
            [Spliceable]
            public partial struct Contract { public double Strike; public double Spot; public double Years; }

            [Spliceable]
            public partial struct Valuation { public double Price; public double Delta; }

            public static class Pricer
            {
                public static async Task<double> PriceAsync(ProcessStartInfo worker, IEnumerable<Contract> book, CancellationToken cancellation)
                {
                    using SpliceLink link = SpliceLink.Start(worker);
                    using RecordWriter<Contract> contracts = Contract.CreateWriter(link.Writer);
                    using RecordReader<Valuation> valuations = Valuation.CreateReader(link.Reader);
                    double sum = 0;
                    foreach (Contract contract in book)
                    {
                        contracts.Write(contract);
                        await contracts.FlushAsync(cancellation);
                        ReadOnlyMemory<Valuation> answer = await valuations.ReadBatchAsync(cancellation);
                        sum += answer.IsEmpty ? throw new EndOfStreamException() : answer.Span[0].Price;
                    }

                    await contracts.CompleteAsync(cancellation);
                    await foreach (ReadOnlyMemory<Valuation> batch in valuations.WithCancellation(cancellation))
                    {
                        foreach (ref readonly Valuation valuation in batch.Span)
                        {
                            sum += valuation.Price;
                        }
                    }

                    return sum;
                }
            }
            """,
        ["BatchOutlivesWriter"] = """
            // Trading: a batch of ticks is filtered into another stream; the writer's moves do not end the reader's batch.
            [Spliceable]
            public partial struct MarketTick { public long Time; public double Price; }

            public static class Outliers
            {
                public static long Filter(RecordReader<MarketTick> ticks, RecordWriter<MarketTick> outliers, double factor)
                {
                    while (ticks.ReadBatch() is { IsEmpty: false } batch)
                    {
                        double mean = 0;
                        foreach (ref readonly MarketTick tick in batch)
                        {
                            mean += tick.Price / batch.Length;
                        }

                        foreach (ref readonly MarketTick tick in batch)
                        {
                            if (tick.Price > mean * factor)
                            {
                                ref MarketTick slot = ref outliers.Next();
                                slot = tick;
                                outliers.Flush();
                            }
                        }

                        outliers.Write(batch[^1]);
                    }

                    outliers.Complete();
                    return outliers.RecordsWritten;
                }
            }
            """,
        ["CopiesThroughChannel"] = """
            // Pipeline: each worker gets an array of its own.
            [Spliceable]
            public partial struct SpanRecord { public long TraceId; public long Start; public long Duration; }

            public sealed class SpanIngest(ChannelWriter<ReadOnlyMemory<SpanRecord>> workers)
            {
                public async Task IngestAsync(RecordReader<SpanRecord> spans, long since, CancellationToken cancellation)
                {
                    await foreach (ReadOnlyMemory<SpanRecord> batch in spans.WithCancellation(cancellation))
                    {
                        ReadOnlyMemory<SpanRecord> kept = batch.ToArray();
                        await workers.WriteAsync(kept, cancellation);
                        if (batch.Span[^1].Start < since)
                        {
                            await workers.WriteAsync(Recent(batch.Span, since), cancellation);
                        }
                    }

                    workers.Complete();
                }

                private static SpanRecord[] Recent(ReadOnlySpan<SpanRecord> batch, long since)
                {
                    List<SpanRecord> recent = [];
                    foreach (ref readonly SpanRecord span in batch)
                    {
                        if (span.Start >= since)
                        {
                            recent.Add(span);
                        }
                    }

                    return [.. recent];
                }
            }
            """,
        ["MergeOfTwo"] = """
            // Data merging: two sorted streams become one; each side reads on where its batch is used up.
            [Spliceable]
            public partial struct Point { public long Key; public double Value; }

            public static class SortedMerge
            {
                public static double Merge(RecordReader<Point> first, RecordReader<Point> second, RecordWriter<Point> target)
                {
                    double sum = 0;
                    ReadOnlySpan<Point> left = first.ReadBatch();
                    ReadOnlySpan<Point> right = second.ReadBatch();
                    while (!left.IsEmpty || !right.IsEmpty)
                    {
                        if (right.IsEmpty || (!left.IsEmpty && left[0].Key <= right[0].Key))
                        {
                            sum += left[0].Value;
                            target.Write(left[0]);
                            left = left.Length > 1 ? left[1..] : first.ReadBatch();
                        }
                        else
                        {
                            sum += right[0].Value;
                            target.Write(right[0]);
                            right = right.Length > 1 ? right[1..] : second.ReadBatch();
                        }
                    }

                    return sum;
                }
            }
            """,
        ["WorkAwaitedInTime"] = """
            // Analytics: two workers look at the same batch, and both are awaited before the next is read.
            [Spliceable]
            public partial struct Sale { public long Product; public double Amount; }

            public sealed class SalesReport(RecordReader<Sale> sales)
            {
                public async Task<(double Total, int Products)> RunAsync()
                {
                    double total = 0;
                    HashSet<long> products = [];
                    while (await sales.ReadBatchAsync() is { IsEmpty: false } batch)
                    {
                        Task<double> summing = Task.Run(() => Sum(batch.Span));
                        Task<HashSet<long>> collecting = Task.Run(() => Collect(batch.Span));
                        await Task.WhenAll(summing, collecting);
                        total += await summing;
                        products.UnionWith(await collecting);
                    }

                    return (total, products.Count);
                }

                private static double Sum(ReadOnlySpan<Sale> batch)
                {
                    double sum = 0;
                    foreach (ref readonly Sale sale in batch)
                    {
                        sum += sale.Amount;
                    }

                    return sum;
                }

                private static HashSet<long> Collect(ReadOnlySpan<Sale> batch)
                {
                    HashSet<long> products = [];
                    foreach (ref readonly Sale sale in batch)
                    {
                        products.Add(sale.Product);
                    }

                    return products;
                }
            }
            """,
    };
}
