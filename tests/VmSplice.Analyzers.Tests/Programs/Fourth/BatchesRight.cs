namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Batches, and right.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LastRecordOfBatchCopiedBeforeNext"] = """
            [Spliceable]
            public partial struct Price { public long Time; public double Value; }

            public static class Gaps
            {
                public static int Find(SpliceReader pipe)
                {
                    using RecordReader<Price> reader = Price.CreateReader(pipe);
                    Price? previous = null;
                    int gaps = 0;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (previous is { } last && batch[0].Time - last.Time > TimeSpan.TicksPerSecond)
                        {
                            gaps++;
                        }

                        previous = batch[^1];
                    }

                    return gaps;
                }
            }
            """,
        ["TwoBatchesFirstOneCopied"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public double Value; }

            public static class Merger
            {
                public static async Task<double[]> PairAsync(RecordReader<Sample> reader, CancellationToken cancellation)
                {
                    ReadOnlyMemory<Sample> left = (await reader.ReadBatchAsync(cancellation)).ToArray();
                    ReadOnlyMemory<Sample> right = await reader.ReadBatchAsync(cancellation);
                    var sums = new double[Math.Min(left.Length, right.Length)];
                    Add(sums, left.Span, right.Span);
                    return sums;
                }

                private static void Add(Span<double> sums, ReadOnlySpan<Sample> left, ReadOnlySpan<Sample> right)
                {
                    for (int i = 0; i < sums.Length; i++)
                    {
                        sums[i] = left[i].Value + right[i].Value;
                    }
                }
            }
            """,
        ["AsyncMethodReturnsCopiedBatch"] = """
            [Spliceable]
            public partial struct Fix { public double Latitude; public double Longitude; }

            public sealed class GpsClient(string path)
            {
                public async Task<ReadOnlyMemory<Fix>> FirstFixesAsync(CancellationToken cancellation)
                {
                    SpliceReader pipe = await SpliceReader.OpenFifoAsync(path, cancellationToken: cancellation);
                    using RecordReader<Fix> reader = Fix.CreateReader(pipe);
                    ReadOnlyMemory<Fix> fixes = await reader.ReadBatchAsync(cancellation);
                    if (fixes.IsEmpty)
                    {
                        throw new EndOfStreamException();
                    }

                    fixes = fixes.ToArray();
                    return fixes;
                }
            }
            """,
        ["BestRecordByValueAcrossBatches"] = """
            [Spliceable]
            public partial struct Bid { public long Bidder; public double Amount; }

            public static class Auction
            {
                public static Bid Winner(RecordReader<Bid> bids)
                {
                    Bid winner = default;
                    for (ReadOnlySpan<Bid> batch = bids.ReadBatch(); !batch.IsEmpty; batch = bids.ReadBatch())
                    {
                        ref readonly Bid best = ref batch[0];
                        foreach (ref readonly Bid bid in batch[1..])
                        {
                            if (bid.Amount > best.Amount)
                            {
                                best = ref bid;
                            }
                        }

                        if (best.Amount > winner.Amount)
                        {
                            winner = best;
                        }
                    }

                    return winner;
                }
            }
            """,
        ["CursorOverCopiedBatches"] = """
            namespace B120;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public sealed class TickCursor(RecordReader<Tick> reader) : IDisposable
            {
                private int _at = -1;
                private Tick[] _batch = [];

                public Tick Current => _batch[_at];

                public bool MoveNext()
                {
                    if (++_at < _batch.Length)
                    {
                        return true;
                    }

                    _batch = reader.ReadBatch().ToArray();
                    _at = 0;
                    return _batch.Length > 0;
                }

                public void Dispose() => reader.Dispose();
            }
            """,
        ["FirstBatchUsedAfterBreak"] = """
            [Spliceable]
            public partial struct Probe { public long Time; public double Value; }

            public static class FirstBlock
            {
                public static async Task<double> MeanAsync(RecordReader<Probe> reader, int atLeast)
                {
                    ReadOnlyMemory<Probe> found = default;
                    while (true)
                    {
                        ReadOnlyMemory<Probe> batch = await reader.ReadBatchAsync();
                        if (batch.IsEmpty)
                        {
                            break;
                        }

                        if (batch.Length >= atLeast)
                        {
                            found = batch;
                            break;
                        }
                    }

                    double sum = 0;
                    foreach (Probe probe in found.Span)
                    {
                        sum += probe.Value;
                    }

                    return found.IsEmpty ? 0 : sum / found.Length;
                }
            }
            """,
        ["LastTimeOfPreviousBatchKept"] = """
            namespace B113;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public static class Gaps
            {
                public static (int Gaps, Tick Last) Count(RecordReader<Tick> reader, long most)
                {
                    int gaps = 0;
                    Tick previous = default;
                    bool any = false;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (any && batch[0].Time - previous.Time > most)
                        {
                            gaps++;
                        }

                        previous = batch[^1];
                        any = true;
                    }

                    return (gaps, previous);
                }
            }
            """,
        ["PagesOfTwoReadersJoined"] = """
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
                public static long Join(RecordReader<Entry> first, RecordReader<Entry> second)
                {
                    ReadOnlySpan<Entry> left = first.Page(100);
                    ReadOnlySpan<Entry> right = second.Page(100);
                    long sum = 0;
                    for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
                    {
                        sum += right[i].Count * left[i].Count;
                    }

                    return sum;
                }
            }
            """,
    };
}
