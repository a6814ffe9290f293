namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Records that are read in time.</summary>
internal sealed class MoreBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["IteratorOfRecords"] = """
            using System.Runtime.CompilerServices;

            namespace Market.Streams;

            [Spliceable]
            public partial struct Trade { public long Time; public double Price; public int Size; public int Venue; }

            public static class TradeStream
            {
                // One by one, as copies: the batch is valid until the next one is asked for.
                public static async IAsyncEnumerable<Trade> ReadAsync(
                    string fifo, [EnumeratorCancellation] CancellationToken cancellation = default)
                {
                    using RecordReader<Trade> trades = Trade.CreateReader(
                        await SpliceReader.OpenFifoAsync(fifo, timeout: TimeSpan.FromSeconds(30), cancellationToken: cancellation));
                    while (true)
                    {
                        ReadOnlyMemory<Trade> batch = await trades.ReadBatchAsync(cancellation);
                        if (batch.IsEmpty)
                        {
                            yield break;
                        }

                        for (int i = 0; i < batch.Length; i++)
                        {
                            yield return batch.Span[i];
                        }
                    }
                }

                public static async Task<double> HighestAsync(string fifo, CancellationToken cancellation)
                {
                    Trade best = default;
                    await foreach (Trade trade in ReadAsync(fifo, cancellation))
                    {
                        if (trade.Price > best.Price)
                        {
                            best = trade;
                        }
                    }

                    return best.Price;
                }
            }
            """,
    };
}
