namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Records that are read in time.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Gaps"] = """
            namespace Exchange.History;

            [Spliceable]
            public partial struct Bar
            {
                public long Time;
                public double Open;
                public double Close;
            }

            public static class Gaps
            {
                /// <summary>The first price of each batch against the last of the one before.</summary>
                public static IEnumerable<double> Of(RecordReader<Bar> bars)
                {
                    Bar? last = null;
                    while (bars.ReadBatch() is { IsEmpty: false } batch)
                    {
                        Bar first = batch[0];
                        Bar? previous = last;
                        last = batch[^1];
                        if (previous is { } before)
                        {
                            yield return (first.Open - before.Close) / before.Close;
                        }
                    }
                }

                public static double Overnight(RecordReader<Bar> bars)
                {
                    ReadOnlySpan<Bar> day = bars.ReadBatch();
                    if (day.IsEmpty)
                    {
                        return 0;
                    }

                    double close = day[^1].Close;
                    day = bars.ReadBatch();
                    return day.IsEmpty ? 0 : (day[0].Open - close) / close;
                }
            }
            """,
        ["ByDay"] = """
            namespace Market.Replay;

            [Spliceable]
            public partial struct Print
            {
                public long Day;
                public double Price;
            }

            public static class DayIndex
            {
                public static async Task<double> SpreadAsync(RecordReader<Print> prints, CancellationToken stop)
                {
                    Dictionary<long, (double Low, double High)> days = [];
                    List<ReadOnlyMemory<Print>> firsts = [];
                    await foreach (ReadOnlyMemory<Print> batch in prints.WithCancellation(stop))
                    {
                        firsts.Add(batch[..1].ToArray());
                        foreach (Print print in batch.Span)
                        {
                            (double low, double high) = days.GetValueOrDefault(print.Day, (double.MaxValue, double.MinValue));
                            days[print.Day] = (Math.Min(low, print.Price), Math.Max(high, print.Price));
                        }
                    }

                    double widest = days.Values.Select(static day => day.High - day.Low).DefaultIfEmpty().Max();
                    return firsts.Count == 0 ? widest : widest / firsts[0].Span[0].Price;
                }

                public static async Task<double> TotalAsync(RecordReader<Print> prints)
                {
                    double total = 0;
                    await foreach (ReadOnlyMemory<Print> batch in prints)
                    {
                        total += await Task.Run(() => Sum(batch.Span));     // done before the next is read
                    }

                    return total;
                }

                private static double Sum(ReadOnlySpan<Print> batch)
                {
                    double sum = 0;
                    foreach (ref readonly Print print in batch) sum += print.Price;
                    return sum;
                }
            }
            """,
        ["Packet"] = """
            using System.Runtime.CompilerServices;

            namespace Capture;

            [InlineArray(48)]
            public struct PayloadHead { private byte _first; }

            [Spliceable]
            public partial struct Packet
            {
                public long Time;
                public SpliceText Interface;
                public SpliceList<ushort> Ports;
                public PayloadHead Head;
            }

            public static class PacketTools
            {
                public static void Send(RecordWriter<Packet> packets, string name, ReadOnlySpan<byte> raw, ushort source, ushort target)
                {
                    ref Packet packet = ref packets.Next();
                    packet.Interface = packets.AddText(name);
                    packet.Ports = packets.AddList(source, target);
                    raw[..Math.Min(raw.Length, 48)].CopyTo(packet.Head);
                    packet.Time = Environment.TickCount64;     // texts and lists leave the slot valid
                }

                public static HashSet<string> Interfaces(SpliceReader pipe)
                {
                    HashSet<string> names = [];
                    using RecordReader<Packet> packets = Packet.CreateReader(pipe);
                    foreach (ref readonly Packet packet in packets)
                    {
                        if (packets.GetList(packet.Ports).Contains((ushort)443))
                        {
                            names.Add(packets.GetString(packet.Interface));
                        }
                    }

                    return names;
                }
            }
            """,
        ["Hit"] = """
            using System.Runtime.InteropServices;

            namespace Detector;

            [Spliceable]
            public partial struct Hit
            {
                public long Time;
                public int Channel;
                public ushort Amplitude;
                public ushort Baseline;
            }

            [Spliceable, StructLayout(LayoutKind.Sequential, Pack = 1)]
            public partial struct RawHit
            {
                public byte Crate;
                public long Time;
                public ushort Amplitude;
            }

            public static class HitFeed
            {
                public static void Convert(SpliceReader raw, SpliceWriter pipe)
                {
                    using RecordReader<RawHit> source = RawHit.CreateReader(raw);
                    using RecordWriter<Hit> writer = Hit.CreateWriter(pipe);
                    foreach (ref readonly RawHit one in source)
                    {
                        if (one.Amplitude == 0)
                        {
                            continue;
                        }

                        ref Hit hit = ref writer.Next();
                        hit.Time = one.Time;
                        hit.Channel = one.Crate;
                        hit.Amplitude = one.Amplitude;
                    }

                    writer.Complete();
                }
            }
            """,
    };
}
