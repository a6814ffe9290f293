namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Copies of records that are written in place of the records.</summary>
internal sealed class CopiesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SplitBySide"] = """
            // Trading: buys and sells into two streams.
            [Spliceable]
            public partial struct Fill { public long Order; public double Price; public int Quantity; public int Venue; }

            public sealed class SplitBySide(RecordWriter<Fill> buys, RecordWriter<Fill> sells)
            {
                public (int Buys, int Sells) Counts { get; private set; }

                public void OnFill(long order, double price, int quantity, Func<long, int> venueOf)
                {
                    bool isBuy = quantity > 0;
                    Fill fill = isBuy ? buys.Next() : sells.Next(); //~VMS2015
                    fill.Order = order;
                    fill.Price = price;
                    fill.Quantity = Math.Abs(quantity);
                    fill.Venue = venueOf(order);
                    Counts = isBuy ? (Counts.Buys + 1, Counts.Sells) : (Counts.Buys, Counts.Sells + 1);
                }
            }
            """,
    };
}
