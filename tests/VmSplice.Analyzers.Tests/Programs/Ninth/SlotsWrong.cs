namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Records and batches that are used after their writer or reader moved on.</summary>
internal sealed class SlotsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GapDetector"] = """
            [Spliceable]
            public partial struct DeviceReading
            {
                public long Sequence;
                public double Value;
            }

            public sealed class GapDetector(RecordReader<DeviceReading> readings)
            {
                public int Gaps { get; private set; }

                public void Run()
                {
                    ReadOnlySpan<DeviceReading> previous = default;
                    while (readings.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (!previous.IsEmpty && previous[^1].Sequence + 1 != batch[0].Sequence) //~VMS2003
                        {
                            Gaps++;
                        }

                        previous = batch;
                    }
                }
            }
            """,
        ["MetricExporter"] = """
            [Flags]
            public enum SampleFlags { None = 0, First = 1, Last = 2 }

            [Spliceable]
            public partial struct MetricSample
            {
                public double Value;
                public int Metric;
                public SampleFlags Flags;
            }

            public sealed class MetricExporter(RecordWriter<MetricSample> output)
            {
                public void Export(IReadOnlyCollection<(int Metric, double Value)> values)
                {
                    if (values.Count == 0)
                    {
                        return;
                    }

                    Span<MetricSample> slots = output.GetSpan(values.Count);
                    int used = 0;
                    foreach ((int metric, double value) in values)
                    {
                        ref MetricSample slot = ref slots[used++];
                        slot.Metric = metric;
                        slot.Value = value;
                    }

                    output.Advance(used);
                    slots[used - 1].Flags = SampleFlags.Last; //~VMS2003
                }
            }
            """,
        ["OrderEventLog"] = """
            public enum OrderEventKind { Placed, Filled, Heartbeat }

            [Spliceable]
            public partial struct OrderEvent
            {
                public long Order;
                public long Price;
                public int Quantity;
                public OrderEventKind Kind;
            }

            public sealed class OrderEventLog(RecordWriter<OrderEvent> events)
            {
                private long _sinceHeartbeat;

                public void Placed(long order, long price, int quantity)
                {
                    ref OrderEvent e = ref events.Next();
                    e.Kind = OrderEventKind.Placed;
                    e.Order = order;
                    MarkAlive();
                    e.Price = price; //~VMS2003
                    _sinceHeartbeat += quantity;
                }

                private void MarkAlive()
                {
                    ref OrderEvent beat = ref events.Next();
                    beat.Kind = OrderEventKind.Heartbeat;
                    beat.Quantity = (int)Math.Min(_sinceHeartbeat, int.MaxValue);
                    _sinceHeartbeat = 0;
                }
            }
            """,
        ["PriceHistory"] = """
            [Spliceable]
            public partial struct PricePoint
            {
                public long Time;
                public double Price;
            }

            public sealed class PriceHistory(Func<SpliceReader> connect)
            {
                public double Highest(long from)
                {
                    double highest = double.MinValue;
                    foreach (ref readonly PricePoint point in BatchFrom(from))
                    {
                        highest = Math.Max(highest, point.Price);
                    }

                    return highest;
                }

                private ReadOnlySpan<PricePoint> BatchFrom(long from)
                {
                    using RecordReader<PricePoint> points = PricePoint.CreateReader(connect());
                    ReadOnlySpan<PricePoint> batch = points.ReadBatch();
                    while (!batch.IsEmpty && batch[^1].Time < from)
                    {
                        batch = points.ReadBatch();
                    }

                    return batch; //~VMS2003
                }
            }
            """,
        ["TopicProbe"] = """
            using System.Text;

            [Spliceable]
            public partial struct BrokerMessage
            {
                public long Offset;
                public SpliceText Topic;
            }

            public readonly record struct ProbeResult(string Topic, long Messages);

            public sealed class TopicProbe(RecordReader<BrokerMessage> messages)
            {
                public ProbeResult? Run()
                {
                    if (messages.ReadBatch() is not { IsEmpty: false } first)
                    {
                        return null;
                    }

                    ReadOnlySpan<byte> topic = messages.GetText(first[0].Topic);
                    long count = first.Length;
                    while (messages.ReadBatch() is { IsEmpty: false } more)
                    {
                        count += more.Length;
                    }

                    return new ProbeResult(Encoding.UTF8.GetString(topic), count); //~VMS2003
                }
            }
            """,
    };
}
