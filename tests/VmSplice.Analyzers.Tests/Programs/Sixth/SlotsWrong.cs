namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Slots and batches used after the next.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HeaderBatchUsedBehindSkip"] = """
            [Spliceable]
            public partial struct Row { public long Key; public double Value; }

            public static class Loader
            {
                public static (long Key, double Sum) Load(RecordReader<Row> reader)
                {
                    ReadOnlySpan<Row> head = reader.ReadBatch();
                    if (head.IsEmpty)
                    {
                        throw new EndOfStreamException();
                    }

                    double sum = SumRest(reader);
                    return (head[0].Key, sum); //~VMS2003
                }

                private static double SumRest(RecordReader<Row> reader)
                {
                    double sum = 0;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        foreach (ref readonly Row row in batch) sum += row.Value;
                    }

                    return sum;
                }
            }
            """,
        ["MessageTextOfTheBatchBefore"] = """
            using System.Text;

            [Spliceable]
            public partial struct Entry { public long Time; public SpliceText Message; }

            public static class Tail
            {
                public static string FirstAndCount(RecordReader<Entry> entries)
                {
                    ReadOnlySpan<Entry> batch = entries.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return "";
                    }

                    ReadOnlySpan<byte> first = entries.GetText(batch[0].Message);
                    long count = batch.Length;
                    while (true)
                    {
                        int more = entries.ReadBatch().Length;
                        if (more == 0)
                        {
                            break;
                        }

                        count += more;
                    }

                    return $"{Encoding.UTF8.GetString(first)} and {count - 1} more"; //~VMS2003
                }
            }
            """,
        ["PreviousBatchComparedWithNext"] = """
            [Spliceable]
            public partial struct Hit { public long Time; public long Bytes; }

            public static class OrderCheck
            {
                public static int Disorders(RecordReader<Hit> reader)
                {
                    int disorders = 0;
                    ReadOnlySpan<Hit> previous = default;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (previous.Length > 0 && previous[^1].Time > batch[0].Time) //~VMS2003
                        {
                            disorders++;
                        }

                        previous = batch;
                    }

                    return disorders;
                }
            }
            """,
        ["SlotStampedBehindFlush"] = """
            [Spliceable]
            public partial struct Span1 { public long Id; public long Start; public long Elapsed; }

            public sealed class Tracer : IDisposable
            {
                private readonly RecordWriter<Span1> _spans;
                private long _id;

                public Tracer(SpliceWriter pipe) => _spans = Span1.CreateWriter(pipe);

                public void Measure(Action work, bool urgent)
                {
                    long start = Stopwatch.GetTimestamp();
                    work();
                    ref Span1 span = ref _spans.Next();
                    span.Id = ++_id;
                    span.Start = start;
                    _spans.Flush();
                    span.Elapsed = Stopwatch.GetTimestamp() - start; //~VMS2003
                }

                public void Close() => _spans.Complete();

                public void Dispose() => _spans.Dispose();
            }
            """,
        ["SpanOfSlotsWrittenBehindAdvance"] = """
            [Spliceable]
            public partial struct Cell { public int X; public int Y; public float Height; public float Wet; }

            public static class TerrainStreamer
            {
                public static void Stream(RecordWriter<Cell> cells, int[,] map)
                {
                    int width = map.GetLength(1);
                    for (int y = 0; y < map.GetLength(0); y++)
                    {
                        Span<Cell> row = cells.GetSpan(width);
                        for (int x = 0; x < width; x++)
                        {
                            row[x].X = x;
                            row[x].Y = y;
                            row[x].Height = map[y, x];
                        }

                        cells.Advance(width);
                        row[0].Wet = 1; //~VMS2003
                    }
                }
            }
            """,
        ["TwoSlotsOfATradePair"] = """
            [Spliceable]
            public partial struct Fill { public long OrderId; public double Price; public int Quantity; public int Side; }

            public sealed class Matcher(RecordWriter<Fill> fills)
            {
                public void Match(long buyer, long seller, double price, int quantity)
                {
                    ref Fill buy = ref Start(buyer, 1);
                    ref Fill sell = ref Start(seller, -1);
                    sell.Price = price;
                    sell.Quantity = quantity;
                    buy.Price = price; //~VMS2003
                }

                private ref Fill Start(long order, int side)
                {
                    ref Fill fill = ref fills.Next();
                    fill.OrderId = order;
                    fill.Side = side;
                    return ref fill;
                }
            }
            """,
        ["BaselineListComparedWithNextBatch"] = """
            [Spliceable]
            public partial struct Spectrum { public long Id; public SpliceList<float> Bins; }

            public static class SpectrumDiff
            {
                public static float Largest(RecordReader<Spectrum> reader)
                {
                    ReadOnlySpan<float> baseline = reader.GetList(reader.ReadBatch()[0].Bins);
                    ReadOnlySpan<float> current = reader.GetList(reader.ReadBatch()[0].Bins);
                    float largest = 0;
                    int i = 0;
                    do
                    {
                        float difference = current[i] - baseline[i]; //~VMS2003
                        largest = MathF.Max(largest, MathF.Abs(difference));
                    }
                    while (++i < current.Length);
                    return largest;
                }
            }
            """,
        ["BatchInATupleBehindTheNextRead"] = """
            [Spliceable]
            public partial struct Ack { public long Offset; public long Partition; }

            public sealed class AckTracker(RecordReader<Ack> acks)
            {
                private async Task<(ReadOnlyMemory<Ack> Batch, long First)> ReadAsync()
                {
                    ReadOnlyMemory<Ack> batch = await acks.ReadBatchAsync();
                    return (batch, batch.IsEmpty ? -1 : batch.Span[0].Offset);
                }

                public async Task<long> LagAsync()
                {
                    var before = (Batch: await acks.ReadBatchAsync(), At: Environment.TickCount64);
                    var after = (Batch: await acks.ReadBatchAsync(), At: Environment.TickCount64);
                    if (after.Batch.IsEmpty)
                    {
                        return 0;
                    }

                    return after.Batch.Span[^1].Offset - before.Batch.Span[^1].Offset; //~VMS2003
                }

                public async Task<long> FirstAsync() => (await ReadAsync()).First;
            }
            """,
    };
}
