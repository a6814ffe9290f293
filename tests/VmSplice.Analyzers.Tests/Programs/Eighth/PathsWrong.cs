namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Memory that may have been given away, on some path or by another name.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CdcRouter"] = """
            // ETL: change records are routed by kind; the tail of the buffer is used again for a marker.
            public enum ChangeKind { Insert, Update, Delete, Heartbeat }

            public static class CdcRouter
            {
                public static void Route(SpliceWriter live, SpliceWriter tombstones, PageBuffer<long> change, ChangeKind kind)
                {
                    bool delivered = true;
                    switch (kind)
                    {
                        case ChangeKind.Insert:
                        case ChangeKind.Update:
                            live.Send(change);
                            break;
                        case ChangeKind.Delete:
                            tombstones.Send(change);
                            return;
                        case ChangeKind.Heartbeat:
                            delivered = false;
                            break;
                        default:
                            change.Dispose();
                            throw new ArgumentOutOfRangeException(nameof(kind));
                    }

                    change[change.Length - 1] = delivered ? 1 : 0; //~VMS2004
                    if (!delivered)
                    {
                        change.Dispose();
                    }
                }
            }
            """,
        ["PacketRelay"] = """
            // Networks: a packet is parsed into a buffer, sent and accounted for; one that is broken is marked.
            public sealed class PacketRelay(SpliceWriter output, SpliceWriter errors)
            {
                private readonly Dictionary<string, long> _bytes = [];

                public void Relay(ReadOnlySpan<byte> packet, string interfaceName)
                {
                    using PageBuffer<byte> copy = output.Rent<byte>(packet.Length + 1);
                    packet.CopyTo(copy.Span[1..]);
                    try
                    {
                        Check(packet);
                        output.Send(copy);
                        _bytes[interfaceName] = checked(_bytes[interfaceName] + packet.Length);
                    }
                    catch (Exception e) when (e is FormatException or KeyNotFoundException)
                    {
                        copy.Span[0] = 0xFF; //~VMS2004
                        errors.Write<byte>(packet);
                    }
                }

                private static void Check(ReadOnlySpan<byte> packet)
                {
                    if (packet.Length < 20 || packet[0] >> 4 != 4)
                    {
                        throw new FormatException("no packet of version 4");
                    }
                }
            }
            """,
        ["PrefetchingLoader"] = """
            // Tiles: the next tile is received while the last one is drawn.
            public sealed class PrefetchingLoader(SpliceReader tiles, Action<int> draw)
            {
                private const int TileLength = 256 * 256;

                public async Task<long> LoadAsync(int count)
                {
                    using PageBuffer<int> tile = PageBuffer<int>.Allocate(TileLength);
                    long pixels = 0;
                    for (int i = 0; i < count; i++)
                    {
                        ValueTask<int> receiving = tiles.ReadAsync(tile);
                        draw(i);
                        tile.Span.Clear(); //~VMS2004
                        int got = await receiving;
                        pixels += got;
                        if (got < TileLength)
                        {
                            break;
                        }
                    }

                    return pixels;
                }
            }
            """,
        ["PriorityOutbox"] = """
            // Messaging: of two drafts the better one is sent now; the first is finished for later.
            public static class PriorityOutbox
            {
                public static void SendBetter(SpliceWriter now, SpliceWriter later, int[] scores)
                {
                    using PageBuffer<int> draft = now.Rent<int>(1024);
                    using PageBuffer<int> alternative = now.Rent<int>(1024);
                    draft.Span.Fill(1);
                    alternative.Span.Fill(2);

                    PageBuffer<int> chosen = scores is [var a, var b, ..] && b > a ? alternative : draft;
                    now.Send(chosen);

                    for (int i = 0; i < scores.Length; i++)
                    {
                        draft.Span[i] = scores[i]; //~VMS2004
                    }

                    later.Write<int>(scores);
                }
            }
            """,
        ["SegmentShipper"] = """
            // Log shipping: a segment of lines with a checksum that the index keeps.
            public sealed class SegmentShipper(SpliceWriter archive)
            {
                private readonly Dictionary<int, uint> _index = [];
                private int _segment;

                public event Action<int, uint>? Shipped;

                public void Ship(IEnumerable<byte[]> lines, int capacity)
                {
                    using PageBuffer<byte> segment = archive.Rent<byte>(capacity);
                    int used = 0;
                    foreach (byte[] line in lines)
                    {
                        if (used + line.Length + 1 > capacity)
                        {
                            break;
                        }

                        line.CopyTo(segment.Span[used..]);
                        used += line.Length;
                        segment.Span[used++] = (byte)'\n';
                    }

                    ReadOnlySpan<byte> written = segment.Span[..used];
                    archive.Send(segment, used);
                    uint checksum = Adler(written); //~VMS2004
                    _index[_segment] = checksum;
                    Shipped?.Invoke(_segment++, checksum);
                }

                private static uint Adler(ReadOnlySpan<byte> bytes)
                {
                    uint a = 1, b = 0;
                    foreach (byte one in bytes)
                    {
                        a = (a + one) % 65521;
                        b = (b + a) % 65521;
                    }

                    return (b << 16) | a;
                }
            }
            """,
        ["SpectrumReader"] = """
            // Astronomy: compares the first spectrum of a night with the second batch.
            [Spliceable]
            public partial struct Spectrum { public long Exposure; public SpliceList<double> Flux; }

            public static class SpectrumReader
            {
                public static double Drift(SpliceReader pipe)
                {
                    using var reader = new RecordReader<Spectrum>(pipe);
                    ReadOnlySpan<Spectrum> reference = reader.ReadBatch();
                    if (reference.IsEmpty)
                    {
                        return 0;
                    }

                    long exposure = reference[0].Exposure;
                    ReadOnlySpan<double> flux = reader.GetList(reference[0].Flux);
                    double worst = 0;
                    ReadOnlySpan<Spectrum> batch = reader.ReadBatch();
                    for (int i = 0; i < batch.Length; i++)
                    {
                        ReadOnlySpan<double> other = reader.GetList(batch[i].Flux);
                        worst = Math.Max(worst, Distance(flux, other)); //~VMS2004
                    }

                    return exposure == 0 ? worst : worst / exposure;
                }

                private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
                {
                    double sum = 0;
                    for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
                    {
                        sum += (a[i] - b[i]) * (a[i] - b[i]);
                    }

                    return Math.Sqrt(sum);
                }
            }
            """,
    };
}
