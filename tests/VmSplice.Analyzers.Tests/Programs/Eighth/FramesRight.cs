namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Buffers of segments, and right.</summary>
internal sealed class FramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["InvoiceSender"] = """
            // Shops: count and length of an invoice that was sent may still be asked.
            [Spliceable]
            public partial struct InvoiceLine { public double Price; public int Count; public int Article; }

            [Spliceable]
            public sealed partial class Invoice
            {
                [Segment] public partial ref long Number { get; }
                [Segment(MaxLength = 100)] public partial TextSegment Customer { get; }
                [Segment(MaxLength = 1000)] public partial ListSegment<InvoiceLine> Lines { get; }
            }

            public static class InvoiceSender
            {
                public static int SendDay(SpliceWriter pipe, IEnumerable<(string Customer, (int Article, int Count, double Price)[] Lines)> day)
                {
                    int lines = 0;
                    long number = 0;
                    foreach (var (customer, sold) in day)
                    {
                        Invoice invoice = Invoice.Rent(pipe);
                        invoice.Number = ++number;
                        invoice.Customer.Set(customer);
                        foreach ((int article, int count, double price) in sold)
                        {
                            ref InvoiceLine line = ref invoice.Lines.Add();
                            line.Article = article;
                            line.Count = count;
                            line.Price = price;
                        }

                        string name = invoice.Customer.ToString();
                        pipe.Send(invoice);
                        lines += invoice.Lines.Count;
                        Console.Error.WriteLine($"{number}: {name}");
                    }

                    pipe.CompleteBuffers();
                    return lines;
                }
            }
            """,
        ["MosaicReceiver"] = """
            // Video: one buffer is received into again and again, and forwarded in another one.
            [Spliceable]
            public sealed partial class Mosaic
            {
                [Segment] public partial ref int Index { get; }
                [Segment(Length = 64 * 64)] public partial Span<int> Pixels { get; }
                [Segment(MaxLength = 256)] public partial Span<byte> Label { get; }
            }

            public static class MosaicReceiver
            {
                public static long Run(SpliceReader input, SpliceWriter output)
                {
                    using Mosaic received = Mosaic.Allocate();
                    long brightness = 0;
                    while (input.TryReceiveInto(received))
                    {
                        if (received.Label.StartsWith("skip"u8))
                        {
                            continue;
                        }

                        Mosaic copy = Mosaic.Rent(output);
                        copy.Index = received.Index;
                        received.Pixels.CopyTo(copy.Pixels);
                        output.Send(copy);
                        foreach (int pixel in received.Pixels)
                        {
                            brightness += pixel & 0xFF;
                        }

                        received.Pixels.Clear();
                    }

                    output.CompleteBuffers();
                    return brightness;
                }
            }
            """,
    };
}
