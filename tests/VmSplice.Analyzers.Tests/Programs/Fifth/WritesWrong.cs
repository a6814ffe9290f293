namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Written after it was given away.</summary>
internal sealed class WritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BorderDrawnThroughViewObject"] = """
            public sealed class PixelView(PageBuffer<int> pixels, int width)
            {
                public Span<int> TopRow => pixels.Span[..width];

                public void Fill(int colour) => pixels.Span.Fill(colour);
            }

            public static class TileRenderer
            {
                public static void Render(SpliceWriter compositor, int width, int height, bool selected)
                {
                    PageBuffer<int> pixels = compositor.Rent<int>(width * height);
                    var view = new PixelView(pixels, width);
                    view.Fill(0x202020);
                    compositor.Send(pixels);
                    if (selected)
                        view.TopRow.Fill(0xFFFFFF); //~VMS2001
                }
            }
            """,
        ["FrameNumberThroughRefLocal"] = """
            namespace C002;

            [Spliceable]
            public partial struct FrameHeader { public long Number; public long TakenAt; }

            [Spliceable]
            public sealed partial class Frame
            {
                [Segment] public partial ref FrameHeader Header { get; }
                [Segment(Length = 640 * 480)] public partial Span<byte> Luma { get; }
            }

            public sealed class FramePump
            {
                private long _number;

                public void Pump(SpliceWriter encoder, ReadOnlySpan<byte> luma)
                {
                    Frame frame = Frame.Rent(encoder);
                    ref FrameHeader header = ref frame.Header;
                    luma.CopyTo(frame.Luma);
                    header.TakenAt = Environment.TickCount64;
                    encoder.Send(frame);
                    header.Number = ++_number; //~VMS2001
                }
            }
            """,
        ["GatherOffsetTableFilledWhileGathering"] = """
            public sealed class ArchiveWriter(SpliceWriter pipe)
            {
                public void WriteVolume(byte[][] members)
                {
                    using SpliceGather gather = pipe.CreateGather();
                    PageBuffer<int> table = pipe.Rent<int>(members.Length);
                    gather.Add(table);
                    for (int i = 0; i < members.Length; i++)
                    {
                        table[i] = (int)gather.Length; //~VMS2001
                        PageBuffer<byte> body = pipe.Rent<byte>(members[i].Length);
                        members[i].CopyTo(body.Span);
                        gather.Add(body);
                    }

                    gather.Send();
                }
            }
            """,
        ["GiftedPageClearedAfterAcknowledgement"] = """
            public sealed class LedgerPublisher(SafeHandle pipe, SpliceReader acknowledgements)
            {
                public void Publish(PageBuffer<long> ledger, ReadOnlySpan<long> entries)
                {
                    entries.CopyTo(ledger.Span);
                    nint length = 16 * Environment.SystemPageSize;
                    if (RawPipe.VmSplice(pipe, new IoVec(ledger.Address, (nuint)length), SpliceFlags.Gift) != length)
                        throw new IOException("short gift");

                    Span<byte> acknowledgement = stackalloc byte[1];
                    acknowledgements.ReadExactly(acknowledgement);
                    ledger.Span.Clear(); //~VMS2001
                }
            }
            """,
        ["LengthPrefixBetweenSendAndAwait"] = """
            using System.Buffers.Binary;

            public sealed class MessageRelay(SpliceWriter pipe)
            {
                public async Task RelayAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(payload.Length + 4);
                    Span<byte> prefix = page.Span[..4];
                    payload.Span.CopyTo(page.Span[4..]);
                    ValueTask sending = pipe.SendAsync(page, cancellation);
                    BinaryPrimitives.WriteInt32LittleEndian(prefix, payload.Length); //~VMS2001
                    await sending;
                }
            }
            """,
        ["LogPageHeaderPatchedAfterShip"] = """
            using System.Buffers.Binary;
            using System.Text;

            ref struct LineAppender(Span<byte> room)
            {
                private readonly Span<byte> _room = room;

                public int Used { get; private set; } = 4;
                public int Lines { get; private set; }

                public void Append(ReadOnlySpan<char> line)
                {
                    Used += Encoding.UTF8.GetBytes(line, _room[Used..]);
                    _room[Used++] = (byte)'\n';
                    Lines++;
                }

                public readonly void PatchHeader() => BinaryPrimitives.WriteInt32LittleEndian(_room, Lines);
            }

            public sealed class LogShipper(SpliceWriter pipe)
            {
                public void Ship(string[] lines)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(64 * 1024);
                    LineAppender appender = new(page.Span);
                    foreach (string line in lines)
                        appender.Append(line);

                    pipe.Send(page, appender.Used);
                    appender.PatchHeader(); //~VMS2001
                }
            }
            """,
        ["QuoteBatchStampedBehindGenericDelivery"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public long Bid; public long Ask; }

            static class Delivery
            {
                public static void Deliver<T>(this SpliceWriter pipe, PageBuffer<T> batch) where T : unmanaged
                    => pipe.Commit(batch, batch.Length);

                private static void Commit<T>(this SpliceWriter pipe, PageBuffer<T> batch, int count) where T : unmanaged
                {
                    if (count == 0)
                        batch.Dispose();
                    else
                        pipe.Send(batch, count);
                }
            }

            public sealed class QuoteGateway(SpliceWriter downstream)
            {
                public long LastSent { get; private set; }

                public void Publish(ReadOnlySpan<Quote> quotes)
                {
                    PageBuffer<Quote> batch = downstream.Rent<Quote>(quotes.Length);
                    quotes.CopyTo(batch.Span);
                    Span<long> words = MemoryMarshal.Cast<Quote, long>(batch.Span);
                    downstream.Deliver(batch);
                    LastSent = Stopwatch.GetTimestamp();
                    words[0] = LastSent; //~VMS2001
                }
            }
            """,
        ["SampleTailZeroedBehindGift"] = """
            public sealed unsafe class SampleRecorder(SpliceWriter disk)
            {
                public void Record(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
                {
                    int perPage = Environment.SystemPageSize / sizeof(short);
                    PageBuffer<short> block = disk.RentUninitialized<short>(perPage * 8);
                    short* cursor = (short*)block.Address;
                    short* end = cursor + block.Length;
                    for (int i = 0; i < left.Length && cursor + 2 <= end; i++)
                    {
                        *cursor++ = left[i];
                        *cursor++ = right[i];
                    }

                    disk.Gift(block);
                    while (cursor < end)
                        *cursor++ = 0; //~VMS2001
                }
            }
            """,
        ["ColumnFileIndexPatchedAfterGatherAdd"] = """
            public sealed record Column(string Name, long[] Values);

            public sealed class ColumnWriter(SpliceWriter pipe)
            {
                public void Write(IReadOnlyList<Column> columns)
                {
                    using SpliceGather gather = pipe.CreateGather();
                    PageBuffer<long> index = pipe.Rent<long>(columns.Count);
                    Span<long> offsets = index.Span;
                    gather.Add(index);

                    long offset = 0;
                    for (int i = 0; i < columns.Count; i++)
                    {
                        offsets[i] = offset; //~VMS2001
                        PageBuffer<long> body = pipe.Rent<long>(columns[i].Values.Length);
                        columns[i].Values.CopyTo(body.Span);
                        offset += columns[i].Values.Length;
                        gather.Add(body);
                    }

                    gather.Send();
                }
            }
            """,
    };
}
