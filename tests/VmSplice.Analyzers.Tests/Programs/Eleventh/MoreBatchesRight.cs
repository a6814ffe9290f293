namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Records that are read in time.</summary>
internal sealed class MoreBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Fill"] = """
            namespace Broker;

            [Spliceable]
            public partial struct Fill
            {
                private long _cents;
                private int _day;
                public int Quantity;

                public decimal Price { readonly get => _cents / 100m; set => _cents = (long)(value * 100m); }
                public DateOnly Day { readonly get => DateOnly.FromDayNumber(_day); set => _day = value.DayNumber; }
            }

            public static class Fills
            {
                public static decimal Total(SpliceReader pipe, DateOnly day)
                {
                    using RecordReader<Fill> fills = Fill.CreateReader(pipe);
                    decimal total = 0;
                    while (true)
                    {
                        ReadOnlySpan<Fill> batch = fills.ReadBatch();
                        if (batch.IsEmpty)
                        {
                            return total;
                        }

                        foreach (ref readonly Fill fill in batch)
                        {
                            total += fill.Day == day ? fill.Price * fill.Quantity : 0;
                        }
                    }
                }
            }
            """,
        ["Pricing"] = """
            namespace Pricing;

            [Spliceable]
            public partial struct Contract { public double Strike; public double Expiry; }

            [Spliceable]
            public partial struct Value { public double Price; }

            public static class PricingClient
            {
                public static async Task<double> TotalAsync(SpliceLink worker, Contract[] book, CancellationToken stop)
                {
                    if (book.Length > 1000)
                    {
                        throw new ArgumentException("The answers to so many would not fit into the pipe.", nameof(book));
                    }

                    using RecordWriter<Contract> asked = Contract.CreateWriter(worker.Writer);
                    using RecordReader<Value> answers = Value.CreateReader(worker.Reader);
                    await asked.WriteAsync(book, stop);
                    await asked.CompleteAsync(stop);            // sends the rest: nothing is asked after it
                    double total = 0;
                    int open = book.Length;
                    while (open > 0)
                    {
                        ReadOnlyMemory<Value> batch = await answers.ReadBatchAsync(stop);
                        if (batch.IsEmpty)
                        {
                            throw new EndOfStreamException($"{open} contracts have no value.");
                        }

                        foreach (ref readonly Value value in batch.Span)
                        {
                            total += value.Price;
                        }

                        open -= batch.Length;
                    }

                    return total;
                }
            }
            """,
    };
}
