namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Records that are written, and right.</summary>
internal sealed class MoreSlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TemplateRecords"] = """
            // Trading: a template is changed and written as a whole; the writer copies it.
            [Spliceable]
            public partial struct TemplateQuote { public long Time; public double Bid; public double Ask; }

            public static class TemplateRecords
            {
                public static void Publish(RecordWriter<TemplateQuote> quotes, double middle, double[] spreads)
                {
                    TemplateQuote template = new() { Time = DateTime.UtcNow.Ticks };
                    foreach (double spread in spreads)
                    {
                        template.Bid = middle - spread;
                        template.Ask = middle + spread;
                        quotes.Write(template);
                        template.Time++;
                    }

                    TemplateQuote last = template with { Bid = 0, Ask = 0 };
                    quotes.Next() = last;
                    last.Time = 0;
                    quotes.Flush();
                }
            }
            """,
        ["TwoSections"] = """
            // Reports: two streams behind one another on one pipe.
            [Spliceable]
            public partial struct Account { public long Id; public double Balance; }

            [Spliceable]
            public partial struct Booking { public long Account; public double Amount; }

            public sealed class TwoSections(SpliceWriter pipe)
            {
                public void Write(IDictionary<long, double> balances, IEnumerable<(long, double)> bookings)
                {
                    using (RecordWriter<Account> accounts = Account.CreateWriter(pipe, new() { LeaveOpen = true }))
                    {
                        foreach ((long id, double balance) in balances)
                        {
                            ref Account account = ref accounts.Next();
                            account.Id = id;
                            account.Balance = balance;
                        }

                        accounts.Complete();
                    }

                    using RecordWriter<Booking> second = Booking.CreateWriter(pipe);
                    Fill(second, bookings);
                }

                private static void Fill(RecordWriter<Booking> writer, IEnumerable<(long Account, double Amount)> bookings)
                {
                    foreach ((long account, double amount) in bookings)
                    {
                        if (amount != 0)
                        {
                            writer.Write(new Booking { Account = account, Amount = amount });
                        }
                    }

                    writer.Complete();
                }
            }
            """,
    };
}
