namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Written after it was given away.</summary>
internal sealed class WritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChunkRentedOutsideOfLoop"] = """
            public static class FileFeeder
            {
                public static long Feed(string path, SpliceWriter pipe)
                {
                    using FileStream file = File.OpenRead(path);
                    using PageBuffer<byte> chunk = pipe.Rent<byte>(128 * 1024);
                    long total = 0;
                    while (total < file.Length)
                    {
                        int read = file.Read(chunk.Span); //~VMS2001
                        if (read == 0)
                        {
                            throw new EndOfStreamException(path);
                        }

                        pipe.Send(chunk, read);
                        total += read;
                    }

                    return total;
                }
            }
            """,
        ["GatherFilledAfterAdd"] = """
            public static class ObjectFileWriter
            {
                public static void Emit(SpliceWriter linker, byte[] code, int[] relocations)
                {
                    PageBuffer<int> index = linker.Rent<int>(relocations.Length + 1);
                    PageBuffer<byte> text = linker.Rent<byte>(code.Length);
                    using SpliceGather gather = linker.CreateGather();
                    gather.Add(index);
                    code.CopyTo(text.Span);
                    gather.Add(text);
                    index[0] = relocations.Length; //~VMS2001
                    gather.Send();
                }
            }
            """,
        ["LogNoteAppendedAfterSend"] = """
            [Spliceable]
            public sealed partial class LogBlock
            {
                [Segment] public partial ref long Sequence { get; }
                [Segment(MaxLength = 4096)] public partial TextSegment Lines { get; }
            }

            public sealed class Shipper
            {
                private long _next;

                public void Ship(SpliceWriter pipe, string[] lines, bool last)
                {
                    LogBlock block = LogBlock.Rent(pipe);
                    block.Sequence = _next++;
                    TextSegment text = block.Lines;
                    foreach (string line in lines)
                    {
                        text.Append(line);
                        text.Append("\n");
                    }

                    pipe.Send(block);
                    if (last)
                    {
                        text.Append("-- end of log --"); //~VMS2001
                    }
                }
            }
            """,
        ["NativeRingSlotReusedAtOnce"] = """
            public static unsafe class MarketDataTap
            {
                public static void Push(SafeHandle pipe, long* slot, long price)
                {
                    slot[0] = price;
                    slot[1] = 1;
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(slot, 4096), SpliceFlags.None);
                    if (sent != 4096)
                    {
                        throw new IOException("short transfer");
                    }

                    slot[1] = 0; //~VMS2001
                }
            }
            """,
        ["OrderTotalFilledAfterSend"] = """
            [Spliceable]
            public partial struct Leg { public long Instrument; public double Price; public int Quantity; public int Side; }

            [Spliceable]
            public sealed partial class BasketOrder
            {
                [Segment] public partial ref long Id { get; }
                [Segment(MaxLength = 256)] public partial ListSegment<Leg> Legs { get; }
            }

            public static class Gateway
            {
                public static void Submit(SpliceWriter exchange, long id, IReadOnlyList<(long Instrument, double Price, int Quantity)> legs)
                {
                    BasketOrder order = BasketOrder.Rent(exchange);
                    order.Id = id;
                    ref Leg hedge = ref order.Legs.Add();
                    hedge.Instrument = 1;
                    int total = 0;
                    foreach (var (instrument, price, quantity) in legs)
                    {
                        order.Legs.Add(new Leg { Instrument = instrument, Price = price, Quantity = quantity, Side = 1 });
                        total += quantity;
                    }

                    exchange.Send(order);
                    hedge.Quantity = -total; //~VMS2001
                }
            }
            """,
        ["SecretClearedAfterAsyncSend"] = """
            using System.Security.Cryptography;

            public sealed class KeyDistributor(SpliceWriter agent)
            {
                public async Task SendKeyAsync(ReadOnlyMemory<byte> key, CancellationToken cancellation)
                {
                    using PageBuffer<byte> buffer = agent.Rent<byte>(16384);
                    Memory<byte> secret = buffer.Memory[..key.Length];
                    key.CopyTo(secret);
                    try
                    {
                        await agent.SendAsync(buffer, key.Length, cancellation);
                    }
                    finally
                    {
                        CryptographicOperations.ZeroMemory(secret.Span); //~VMS2001
                    }
                }
            }
            """,
        ["SnapshotChecksumWrittenAfterSend"] = """
            using System.Buffers.Binary;

            public sealed class SnapshotBroadcaster(SpliceWriter spectators)
            {
                private const int HeaderSize = 16;
                private uint _tick;

                public void Publish(ReadOnlySpan<byte> world)
                {
                    using PageBuffer<byte> packet = spectators.Rent<byte>(HeaderSize + world.Length);
                    Span<byte> header = packet.Span[..HeaderSize];
                    Span<byte> body = packet.Span[HeaderSize..];
                    BinaryPrimitives.WriteUInt32LittleEndian(header, ++_tick);
                    BinaryPrimitives.WriteInt32LittleEndian(header[4..], world.Length);
                    world.CopyTo(body);
                    uint sum = Sum(world);
                    spectators.Send(packet);
                    BinaryPrimitives.WriteUInt32LittleEndian(header[8..], sum); //~VMS2001
                }

                private static uint Sum(ReadOnlySpan<byte> data)
                {
                    uint sum = 17;
                    foreach (byte b in data) sum = sum * 31 + b;
                    return sum;
                }
            }
            """,
        ["GatheredIndexPatchedBeforeSend"] = """
            public static class ArchiveWriter
            {
                public static void Write(SpliceWriter pipe, ReadOnlySpan<byte> body)
                {
                    using SpliceGather gather = pipe.CreateGather();
                    PageBuffer<long> index = pipe.Rent<long>(512);
                    PageBuffer<byte> content = pipe.Rent<byte>(body.Length);
                    body.CopyTo(content.Span);
                    ref long total = ref index.Span[0];
                    gather.Add(index);
                    gather.Add(content);
                    total = gather.Length; //~VMS2001
                    gather.Send();
                }
            }
            """,
        ["NoteAppendedToSentOrder"] = """
            [Spliceable]
            public sealed partial class Ticket
            {
                [Segment] public partial ref long Number { get; }
                [Segment(MaxLength = 4096)] public partial TextSegment Note { get; }
            }

            public sealed class TicketPrinter(SpliceWriter printer)
            {
                public void Print(long number, string text, TimeSpan took)
                {
                    Ticket ticket = Ticket.Rent(printer);
                    ticket.Number = number;
                    TextSegment note = ticket.Note;
                    note.Set(text);
                    printer.Send(ticket);
                    note.Append($" ({took.TotalMilliseconds} ms)"); //~VMS2001
                }
            }
            """,
    };
}
