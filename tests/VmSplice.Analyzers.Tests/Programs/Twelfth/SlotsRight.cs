namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Records that are written in time.</summary>
internal sealed class SlotsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BufferReturned"] = """
            namespace Capture.Reading;

            public sealed class BlockSource(SpliceReader pipe)
            {
                private const int Block = 64 * 1024;

                // The caller's from here on; an empty one where the pipe has ended.
                public (PageBuffer<byte> Buffer, int Count) Next()
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(Block);
                    int count = pipe.Read(buffer);
                    return (buffer, count);
                }

                public static long Checksum(BlockSource source)
                {
                    long sum = 0;
                    while (true)
                    {
                        (PageBuffer<byte> buffer, int count) = source.Next();
                        using (buffer)
                        {
                            if (count == 0)
                            {
                                return sum;
                            }

                            foreach (byte value in buffer.Span[..count])
                            {
                                sum = (sum * 31) + value;
                            }
                        }
                    }
                }
            }
            """,
        ["CountedHead"] = """
            namespace Market.Depth;

            [Spliceable]
            public partial struct Level { public double Price; public long Quantity; public int Count; public int Side; }

            public sealed class DepthPublisher(RecordWriter<Level> levels)
            {
                private ref Level Begin(double mid)
                {
                    ref Level head = ref levels.Next();
                    head.Price = mid;
                    head.Side = -1;
                    return ref head;
                }

                private void Append(IEnumerable<KeyValuePair<double, long>> book, int side)
                {
                    foreach ((double price, long quantity) in book)
                    {
                        ref Level level = ref levels.Next();
                        level.Price = price;
                        level.Quantity = quantity;
                        level.Side = side;
                    }
                }

                public void Publish(double mid, SortedDictionary<double, long> bids, SortedDictionary<double, long> asks)
                {
                    ref Level head = ref Begin(mid);
                    head.Count = bids.Count + asks.Count;
                    Append(bids.Reverse(), 0);
                    Append(asks, 1);
                    head = ref levels.Next();
                    head.Side = 2;
                    levels.Flush();
                }
            }
            """,
        ["MarkBeforeAdvance"] = """
            namespace Sensors.Blocks;

            [Spliceable]
            public partial struct Sample { public long Time; public float Value; public int Flags; }

            public sealed class SampleSender(RecordWriter<Sample> writer)
            {
                public const int EndOfBlock = 1;

                public int SendBlock(long start, ReadOnlySpan<float> values)
                {
                    int flags = 0;
                    while (!values.IsEmpty)
                    {
                        Span<Sample> slots = writer.GetSpan(1);
                        int count = Math.Min(slots.Length, values.Length);
                        for (int i = 0; i < count; i++)
                        {
                            ref Sample slot = ref slots[i];
                            slot.Time = start++;
                            slot.Value = values[i];
                        }

                        if (count == values.Length)
                        {
                            slots[count - 1].Flags |= EndOfBlock;
                        }

                        Sample last = slots[count - 1];
                        writer.Advance(count);
                        flags |= last.Flags;        // of a copy
                        values = values[count..];
                    }

                    return flags;
                }
            }
            """,
        ["AlarmsCompleted"] = """
            namespace Iot.Alarms;

            [Spliceable]
            public partial struct Alarm { public long Time; public int Device; public int Code; }

            public sealed class AlarmUplink(SpliceWriter uplink)
            {
                private static bool IsUrgent(int code) => code is >= 500 and < 600;

                public int Report(IReadOnlyDictionary<int, int> codesByDevice, TimeProvider clock)
                {
                    if (codesByDevice.Count == 0)
                    {
                        return 0;
                    }

                    RecordWriter<Alarm> alarms = Alarm.CreateWriter(uplink, new() { LeaveOpen = true });
                    int urgent = 0;
                    try
                    {
                        foreach ((int device, int code) in codesByDevice)
                        {
                            ref Alarm alarm = ref alarms.Next();
                            alarm.Time = clock.GetUtcNow().UtcTicks;
                            alarm.Device = device;
                            alarm.Code = code;
                            if (IsUrgent(code))
                            {
                                urgent++;
                                alarms.Flush();
                            }
                        }

                        alarms.Complete();
                    }
                    finally
                    {
                        alarms.Dispose();
                    }

                    return urgent;
                }
            }
            """,
        ["CompletedOrAbandoned"] = """
            using System.Threading.Channels;

            namespace Metrics.Export;

            [Spliceable]
            public partial struct Point { public long Time; public double Value; public long Series; }

            public sealed class PointExporter(ChannelReader<Point[]> points)
            {
                public long Exported { get; private set; }

                // Leaves without an end where the source failed: the reader must not take it for the whole.
                public async Task<bool> ExportAsync(SpliceWriter pipe, CancellationToken cancellation)
                {
                    await using RecordWriter<Point> writer = Point.CreateWriter(pipe);
                    try
                    {
                        await foreach (Point[] group in points.ReadAllAsync(cancellation))
                        {
                            await writer.WriteAsync(group, cancellation);
                            Exported += group.Length;
                        }
                    }
                    catch (ChannelClosedException)
                    {
                        return false;
                    }

                    await writer.CompleteAsync(cancellation);
                    return true;
                }
            }
            """,
    };
}
