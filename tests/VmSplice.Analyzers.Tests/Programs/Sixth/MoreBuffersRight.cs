namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Buffers, and right.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OneShardOrTheOther"] = """
            public sealed class Dispatcher
            {
                private readonly SpliceWriter _even;
                private readonly SpliceWriter _odd;

                public Dispatcher(SpliceWriter even, SpliceWriter odd) => (_even, _odd) = (even, odd);

                public ulong Dispatch([Consumes] PageBuffer<byte> message, int key)
                {
                    ulong hash = 14695981039346656037;
                    foreach (byte b in message.Span) hash = (hash ^ b) * 1099511628211;
                    switch (key & 3)
                    {
                        case 0:
                            _even.Send(message);
                            break;
                        case 1:
                            _odd.Send(message, message.Length);
                            break;
                        case 2:
                            message.Dispose();
                            break;
                        default:
                            if (message.Length > 0) message[0] = (byte)hash;
                            _even.Send(Whole(message));
                            break;
                    }

                    return hash;
                }

                private static PageBuffer<byte> Whole(PageBuffer<byte> message) => message;
            }
            """,
        ["RefParameterReplacedAfterSend"] = """
            public static class Batching
            {
                public static int AppendOrSend(SpliceWriter pipe, ref PageBuffer<int> pending, int used, int value)
                {
                    pending[used++] = value;
                    if (used < pending.Length)
                    {
                        return used;
                    }

                    int length = pending.Length;
                    pipe.Send(pending);
                    pending = pipe.Rent<int>(length);
                    return 0;
                }

                public static void Finish(SpliceWriter pipe, ref PageBuffer<int> pending, int used)
                {
                    if (used > 0) pipe.Send(pending, used);
                    else pending.Dispose();
                    pending = default;
                }
            }
            """,
        ["RetryFillsANewBuffer"] = """
            public sealed class FailoverSink(SpliceWriter[] sinks)
            {
                private int _current;

                public void Deliver(byte[] payload)
                {
                    for (int attempt = 0; ; attempt++)
                    {
                        SpliceWriter sink = sinks[_current];
                        using PageBuffer<byte> buffer = sink.Rent<byte>(payload.Length);
                        payload.CopyTo(buffer.Span);
                        try
                        {
                            sink.Send(buffer);
                            return;
                        }
                        catch (BrokenPipeException) when (attempt + 1 < sinks.Length)
                        {
                            _current = (_current + 1) % sinks.Length;
                        }
                    }
                }
            }
            """,
        ["SnapshotHeaderFinishedBeforeSend"] = """
            using System.Buffers.Binary;

            public sealed class SnapshotBroadcaster(SpliceWriter spectators)
            {
                private uint _tick;

                public int Publish(ReadOnlySpan<byte> world)
                {
                    using PageBuffer<byte> packet = spectators.Rent<byte>(16 + world.Length);
                    Span<byte> header = packet.Span[..16];
                    world.CopyTo(packet.Span[16..]);
                    BinaryPrimitives.WriteUInt32LittleEndian(header, ++_tick);
                    BinaryPrimitives.WriteInt32LittleEndian(header[4..], world.Length);
                    spectators.Send(packet);
                    header = new byte[16];
                    header.Clear();
                    return packet.Length + header.Length;
                }
            }
            """,
        ["StackHeaderCopiedByWrite"] = """
            public sealed class PacketSender(SpliceWriter pipe)
            {
                private struct Header { public int Kind; public int Length; public long Time; }

                public void Send(int kind, ReadOnlySpan<byte> body)
                {
                    Span<byte> bytes = stackalloc byte[Marshal.SizeOf<Header>()];
                    ref Header header = ref MemoryMarshal.AsRef<Header>(bytes);
                    header.Kind = kind;
                    header.Length = body.Length;
                    header.Time = Environment.TickCount64;
                    pipe.Write(bytes);
                    header.Length = 0;
                    bytes.Clear();
                    pipe.Write(body);
                }
            }
            """,
        ["TileWatermarkedByHelperBeforeShip"] = """
            public sealed class TileRenderer
            {
                private readonly SpliceWriter _encoder;
                private int _frame;

                public TileRenderer(SpliceWriter encoder) => _encoder = encoder;

                public void Render(int width, int height)
                {
                    using PageBuffer<uint> tile = _encoder.Rent<uint>(width * height);
                    Span<uint> pixels = tile.Span;
                    pixels.Fill(0xFF202020);
                    Watermark(pixels, width);
                    Ship(tile);
                    _frame++;
                    pixels = new uint[8];
                    Watermark(pixels, pixels.Length);
                }

                private void Ship(PageBuffer<uint> tile) => _encoder.Send(tile, tile.Length);

                private void Watermark(Span<uint> pixels, int width)
                {
                    for (int x = 0; x < Math.Min(width, 8); x++) pixels[x] = (uint)_frame;
                }
            }
            """,
        ["TrailerSentAloneWhenNotInBundle"] = """
            public static class Bundle
            {
                public static void Write(SpliceWriter pipe, byte[] head, byte[] body, bool together)
                {
                    using PageBuffer<byte> first = Fill(pipe, head);
                    using PageBuffer<byte> second = Fill(pipe, body);
                    if (together)
                    {
                        pipe.SendAll([first, second]);
                        return;
                    }

                    pipe.Send(first);
                    pipe.Write("\n"u8);
                    pipe.Send(second);
                }

                private static PageBuffer<byte> Fill(SpliceWriter pipe, byte[] data)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(data.Length);
                    data.CopyTo(buffer.Span);
                    return buffer;
                }
            }
            """,
        ["UrgentSentOrAmendedByState"] = """
            public sealed class AlertQueue(SpliceWriter pager)
            {
                public void Raise(string text, int severity)
                {
                    using PageBuffer<char> alert = pager.Rent<char>(512);
                    int length = Math.Min(text.Length, 500);
                    text.AsSpan(0, length).CopyTo(alert.Span);
                    if (severity > 3)
                    {
                        pager.Send(alert, length);
                    }

                    if (alert.State == PageBufferState.Owned)
                    {
                        alert[length] = '.';
                        pager.Send(alert, length + 1);
                    }
                }
            }
            """,
    };
}
