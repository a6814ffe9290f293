namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers with segments, used as they should be.</summary>
internal sealed class FramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CameraReceiver"] = """
            [Spliceable]
            public sealed partial class CameraFrame
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 320 * 240)] public partial Span<byte> Luma { get; }
                [Segment(MaxLength = 1024)] public partial TextSegment Caption { get; }
            }

            public sealed class CameraReceiver(SpliceReader camera) : IDisposable
            {
                private readonly CameraFrame _frame = CameraFrame.Allocate();

                public async IAsyncEnumerable<(long Number, double Brightness, string Caption)> ReadAsync()
                {
                    long expected = 0;
                    while (await camera.TryReceiveIntoAsync(_frame))
                    {
                        long number = _frame.Number;
                        if (number != expected)
                        {
                            throw new InvalidDataException($"frame {expected} is missing");
                        }

                        expected = number + 1;
                        yield return (number, Brightness(_frame.Luma), _frame.Caption.ToString());
                    }
                }

                public void Dispose() => _frame.Dispose();

                private static double Brightness(ReadOnlySpan<byte> luma)
                {
                    long sum = 0;
                    foreach (byte one in luma)
                    {
                        sum += one;
                    }

                    return (double)sum / luma.Length;
                }
            }
            """,
        ["InvoiceMailer"] = """
            [Spliceable]
            public partial struct InvoiceLine
            {
                public long Article;
                public long Cents;
            }

            [Spliceable]
            public sealed partial class Invoice
            {
                [Segment] public partial ref long Number { get; }
                [Segment(MaxLength = 200)] public partial TextSegment Customer { get; }
                [Segment(MaxLength = 500)] public partial ListSegment<InvoiceLine> Lines { get; }
            }

            public readonly record struct Mailed(long Number, long Cents, int Lines);

            public sealed class InvoiceMailer(SpliceWriter mailer)
            {
                public Mailed Mail(long number, string customer, IEnumerable<(long Article, long Cents)> items)
                {
                    Invoice invoice = Invoice.Rent(mailer);
                    invoice.Number = number;
                    invoice.Customer.Set(customer);
                    ListSegment<InvoiceLine> lines = invoice.Lines;
                    long total = 0;
                    foreach ((long article, long cents) in items)
                    {
                        ref InvoiceLine line = ref lines.Add();
                        line.Article = article;
                        line.Cents = cents;
                        total += cents;
                    }

                    mailer.Send(invoice);
                    return new Mailed(number, total, lines.Count);
                }
            }
            """,
    };
}
