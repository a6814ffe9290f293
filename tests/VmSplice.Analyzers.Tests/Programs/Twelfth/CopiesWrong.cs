namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Records that are copied where the place was meant.</summary>
internal sealed class CopiesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["QuoteBySide"] = """
            namespace Trading.Quotes;

            public enum Side { Bid, Ask }

            [Spliceable]
            public partial struct Quote { public long Time; public double Price; public long Size; }

            public sealed class QuoteBook(RecordWriter<Quote> bids, RecordWriter<Quote> asks, TimeProvider clock)
            {
                private double _last;

                public double Last => _last;

                public void Publish(Side side, double price, long size)
                {
                    ArgumentOutOfRangeException.ThrowIfNegative(size);
                    Quote quote = side switch { Side.Bid => bids.Next(), _ => asks.Next() }; //~VMS2015
                    quote.Time = clock.GetUtcNow().UtcTicks;
                    quote.Price = price;
                    quote.Size = size;
                    _last = price;
                }
            }
            """,
    };
}
