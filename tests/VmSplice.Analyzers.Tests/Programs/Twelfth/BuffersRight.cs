namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PacketHeaderFirst"] = """
            using System.Buffers.Binary;

            namespace Telemetry.Packets;

            public sealed class PacketSender(SpliceWriter pipe)
            {
                private const int HeaderLength = 8;
                private int _packets;

                public long Bytes { get; private set; }

                public bool Send(ReadOnlySpan<byte> payload)
                {
                    if (payload.IsEmpty)
                    {
                        return false;
                    }

                    using PageBuffer<byte> packet = pipe.Rent<byte>(HeaderLength + payload.Length);
                    Span<byte> all = packet.Span;
                    Span<byte> header = all[..HeaderLength];
                    payload.CopyTo(all[HeaderLength..]);
                    BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length);
                    BinaryPrimitives.WriteInt32LittleEndian(header[4..], ++_packets);
                    pipe.Send(packet);

                    // The length may be asked for ever; the content may not.
                    Bytes += packet.Length;
                    return packet.State != PageBufferState.Owned;
                }
            }
            """,
        ["BitWriterFlushedFirst"] = """
            namespace Codec.Bits;

            public ref struct BitWriter(Span<byte> target)
            {
                private readonly Span<byte> _target = target;
                private ulong _bits;
                private int _count;
                private int _at;

                public readonly int Length => _at;

                public void Put(uint value, int bits)
                {
                    _bits |= (ulong)value << _count;
                    _count += bits;
                    while (_count >= 8)
                    {
                        _target[_at++] = (byte)_bits;
                        _bits >>= 8;
                        _count -= 8;
                    }
                }

                public void Flush()
                {
                    _target[_at++] = (byte)_bits;
                    _bits = 0;
                    _count = 0;
                }
            }

            public sealed class DeltaEncoder(SpliceWriter pipe)
            {
                public int Send(ReadOnlySpan<uint> values, Span<byte> index)
                {
                    using PageBuffer<byte> block = pipe.Rent<byte>(values.Length * 2 + 8);
                    BitWriter bits = new(block.Span);
                    BitWriter positions = new(index);
                    uint previous = 0;
                    foreach (uint value in values)
                    {
                        bits.Put((value - previous) & 0xFFF, 12);
                        positions.Put((uint)bits.Length, 32);
                        previous = value;
                    }

                    bits.Flush();
                    int length = bits.Length;
                    pipe.Send(block, length);
                    positions.Flush();          // the index is the caller's
                    return length;
                }
            }
            """,
        ["FlagInFinally"] = """
            using System.Diagnostics;

            namespace Import.Guarded;

            public sealed class GuardedImporter(SpliceWriter pipe, Func<Memory<byte>, int> fill)
            {
                public int Failed { get; private set; }

                public TimeSpan Longest { get; private set; }

                public bool Import(int most)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(most);
                    bool sent = false;
                    long started = Stopwatch.GetTimestamp();
                    try
                    {
                        int count = fill(buffer.Memory);
                        if (count <= 0)
                        {
                            return false;
                        }

                        pipe.Send(buffer, count);
                        sent = true;
                        return true;
                    }
                    finally
                    {
                        if (!sent)
                        {
                            Failed++;
                            buffer.Dispose();
                        }

                        TimeSpan took = Stopwatch.GetElapsedTime(started);
                        Longest = took > Longest ? took : Longest;
                    }
                }
            }
            """,
        ["CatchAsksState"] = """
            using System.Globalization;

            namespace Video.Pipeline;

            public sealed class PictureStage(SpliceWriter next, Action<string> log)
            {
                private static void Equalize(Span<byte> luma)
                {
                    byte most = 0;
                    foreach (byte value in luma)
                    {
                        most = Math.Max(most, value);
                    }

                    for (int i = 0; i < luma.Length; i++)
                    {
                        luma[i] = (byte)(luma[i] * 255 / most);     // throws for a black picture
                    }
                }

                public bool Process(long number, ReadOnlySpan<byte> luma)
                {
                    PageBuffer<byte> picture = next.Rent<byte>(luma.Length);
                    try
                    {
                        luma.CopyTo(picture.Span);
                        Equalize(picture.Span);
                        next.Send(picture);
                        return true;
                    }
                    catch (Exception e)
                    {
                        string first = "sent";
                        if (picture.State == PageBufferState.Owned)
                        {
                            first = picture.Span.Length > 0 ? picture[0].ToString(CultureInfo.InvariantCulture) : "none";
                        }

                        log($"picture {number} was lost (first value: {first}): {e.Message}");
                        picture.Dispose();
                        return false;
                    }
                }
            }
            """,
        ["NullableOpenBatch"] = """
            namespace Batching.Coalescing;

            public sealed class Coalescer(SpliceWriter pipe)
            {
                private const int Batch = 64 * 1024;
                private const int MostMessage = 1024;

                public int SendAll(IEnumerable<ReadOnlyMemory<byte>> messages)
                {
                    PageBuffer<byte>? open = null;
                    int used = 0;
                    int batches = 0;
                    foreach (ReadOnlyMemory<byte> message in messages)
                    {
                        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, MostMessage);
                        open ??= pipe.Rent<byte>(Batch);
                        message.Span.CopyTo(open.Value.Span[used..]);
                        used += message.Length;
                        if (used > Batch - MostMessage)
                        {
                            pipe.Send(open.Value, used);
                            open = null;
                            used = 0;
                            batches++;
                        }
                    }

                    if (open is { } rest)
                    {
                        pipe.Send(rest, used);
                        batches++;
                    }

                    return batches;
                }
            }
            """,
    };
}
