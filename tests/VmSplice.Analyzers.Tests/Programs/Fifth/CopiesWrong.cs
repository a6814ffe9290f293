namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Records copied.</summary>
internal sealed class CopiesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MapperFillsRefOfLocalCopy"] = """
            public sealed record Customer(long Id, int Country, int Segment, decimal Turnover);

            [Spliceable]
            public partial struct CustomerRow { public long Id; public double Turnover; public int Country; public int Segment; }

            public static class CustomerMapper
            {
                public static void MapTo(this Customer customer, ref CustomerRow row)
                {
                    row.Id = customer.Id;
                    row.Country = customer.Country;
                    row.Segment = customer.Segment;
                    row.Turnover = (double)customer.Turnover;
                }
            }

            public sealed class CustomerExport(RecordWriter<CustomerRow> rows)
            {
                public void Run(IEnumerable<Customer> customers)
                {
                    foreach (Customer customer in customers)
                    {
                        CustomerRow row = rows.Next(); //~VMS2015
                        customer.MapTo(ref row);
                    }

                    rows.Flush();
                }
            }
            """,
        ["MatrixRowsDeconstructedIntoMemoryCopy"] = """
            [Spliceable]
            public partial struct Element { public int Row; public int Column; public double Value; }

            public sealed class MatrixWriter(RecordWriter<Element> elements)
            {
                public async Task WriteRowAsync(int row, double[] values, CancellationToken cancellation)
                {
                    Memory<Element> room = elements.GetMemory(values.Length);
                    for (int column = 0; column < values.Length; column++)
                    {
                        Element element = room.Span[column]; //~VMS2015
                        (element.Row, element.Column) = (row, column);
                        element.Value = values[column];
                    }

                    elements.Advance(values.Length);
                    await elements.FlushAsync(cancellation);
                }
            }
            """,
        ["NestedLegOfSlotFilledByValue"] = """
            [Spliceable]
            public partial struct Leg { public long Instrument; public double Price; }

            [Spliceable]
            public partial struct Spread { public long Id; public Leg Near; public Leg Far; }

            public sealed class SpreadPublisher(RecordWriter<Spread> spreads)
            {
                private long _id;

                public void Publish((long Instrument, double Price) near, (long Instrument, double Price) far)
                {
                    ref Spread spread = ref spreads.Next();
                    spread.Id = ++_id;
                    spread.Near = new Leg { Instrument = near.Instrument, Price = near.Price };
                    Leg leg = spread.Far; //~VMS2015
                    leg.Instrument = far.Instrument;
                    leg.Price = far.Price;
                }
            }
            """,
        ["SlotOfChosenLaneIsACopy"] = """
            [Spliceable]
            public partial struct Job { public long Id; public int Priority; public int Attempts; }

            public sealed class TwoLaneQueue(RecordWriter<Job> express, RecordWriter<Job> normal)
            {
                public long Expressed { get; private set; }

                public void Enqueue(long id, int priority)
                {
                    bool urgent = priority > 5;
                    Job job = urgent ? express.Next() : normal.Next(); //~VMS2015
                    job.Id = id;
                    job.Priority = priority;
                    if (urgent)
                    {
                        Expressed++;
                        express.Flush();
                    }
                }
            }
            """,
    };
}
