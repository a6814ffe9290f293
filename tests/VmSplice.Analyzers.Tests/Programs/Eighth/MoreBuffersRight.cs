namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Buffers, and right.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["JumpPatcher"] = """
            // Compilers: the exit jump is patched before the block is given away.
            public unsafe sealed class JumpPatcher(SpliceWriter sink)
            {
                public int Emit(ReadOnlySpan<int> constants)
                {
                    using PageBuffer<byte> code = sink.Rent<byte>(16 * Environment.SystemPageSize);
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(constants.Length, 8_000);
                    byte* start = (byte*)code.Address;
                    byte* at = start;
                    *at++ = 0x10;
                    int* target = (int*)at;
                    at += sizeof(int);
                    foreach (int constant in constants)
                    {
                        *at++ = 0x20;
                        *(int*)at = constant;
                        at += sizeof(int);
                    }

                    *target = (int)(at - start);
                    sink.Gift(code);
                    return (int)(at - start);
                }
            }
            """,
        ["LazyFrames"] = """
            // Video: an iterator rents, and whoever enumerates it sends each frame before the next is made.
            public static class LazyFrames
            {
                public static int Send(SpliceWriter pipe, int count)
                {
                    int sent = 0;
                    foreach (PageBuffer<byte> frame in Frames(pipe, count))
                    {
                        frame.Span[0] = (byte)sent++;
                        pipe.Send(frame);
                    }

                    return sent;
                }

                private static IEnumerable<PageBuffer<byte>> Frames(SpliceWriter pipe, int count)
                {
                    for (int i = 0; i < count; i++)
                    {
                        PageBuffer<byte> frame = pipe.Rent<byte>(64 * 1024);
                        frame.Span.Fill((byte)i);
                        yield return frame;
                    }
                }
            }
            """,
        ["LogPageRoller"] = """
            using System.Buffers.Binary;

            // Databases: a log page is replaced before its successor's header is written through the same property.
            public sealed class LogPageRoller : IDisposable
            {
                private const int PageLength = 8192;

                private readonly SpliceWriter _replica;
                private PageBuffer<byte> _page;
                private int _used;
                private long _lsn;

                public LogPageRoller(SpliceWriter replica)
                {
                    _replica = replica;
                    _page = replica.Rent<byte>(PageLength);
                    Begin();
                }

                private Span<byte> Header => _page.Span[..16];

                public void Append(ReadOnlySpan<byte> entry)
                {
                    if (_used + entry.Length > PageLength)
                    {
                        BinaryPrimitives.WriteInt32LittleEndian(Header[8..], _used);
                        _replica.Send(_page);
                        _page = _replica.Rent<byte>(PageLength);
                        Begin();
                    }

                    entry.CopyTo(_page.Span[_used..]);
                    _used += entry.Length;
                    _lsn += entry.Length;
                }

                private void Begin()
                {
                    BinaryPrimitives.WriteInt64LittleEndian(Header, _lsn);
                    _used = 16;
                }

                public void Dispose() => _page.Dispose();
            }
            """,
        ["PadFiller"] = """
            // Cryptography: the filler writes and keeps nothing; the caller sends or disposes.
            public interface IPadSource
            {
                bool Fill([Writes] PageBuffer<byte> pad);
            }

            public sealed class RandomPads(int seed) : IPadSource
            {
                private readonly Random _source = new(seed);

                public bool Fill([Writes] PageBuffer<byte> pad)
                {
                    Span<byte> rest = pad.Span;
                    while (rest.Length > 0)
                    {
                        int part = Math.Min(64, rest.Length);
                        _source.NextBytes(rest[..part]);
                        rest = rest[part..];
                    }

                    return true;
                }
            }

            public static class PadSender
            {
                public static int Send(SpliceWriter pipe, IPadSource source, int count)
                {
                    int sent = 0;
                    for (int i = 0; i < count; i++)
                    {
                        using PageBuffer<byte> pad = pipe.Rent<byte>(4096);
                        if (source.Fill(pad))
                        {
                            pipe.Send(pad);
                            sent++;
                        }
                    }

                    return sent;
                }
            }
            """,
        ["ReorderBuffer"] = """
            // Networks: each way through takes the packet over.
            public sealed class ReorderBuffer(SpliceWriter output) : IDisposable
            {
                private readonly Dictionary<long, PageBuffer<byte>> _early = [];
                private long _next;

                public void Accept(long sequence, [Consumes] PageBuffer<byte> packet)
                {
                    if (sequence < _next || _early.ContainsKey(sequence))
                    {
                        packet.Dispose();
                        return;
                    }

                    if (sequence > _next)
                    {
                        _early.Add(sequence, packet);
                        return;
                    }

                    output.Send(packet);
                    _next++;
                    while (_early.Remove(_next, out PageBuffer<byte> following))
                    {
                        output.Send(following);
                        _next++;
                    }
                }

                public void Dispose()
                {
                    foreach (PageBuffer<byte> packet in _early.Values)
                    {
                        packet.Dispose();
                    }

                    _early.Clear();
                }
            }
            """,
        ["RoutedChange"] = """
            // ETL: each kind has its own end.
            public enum RouteKind { Insert, Delete, Heartbeat }

            public static class RoutedChange
            {
                public static int Route(SpliceWriter live, SpliceWriter tombstones, [Consumes] PageBuffer<long> change, RouteKind kind)
                {
                    switch (kind)
                    {
                        case RouteKind.Insert:
                            live.Send(change);
                            return 1;
                        case RouteKind.Delete:
                            change[0] = long.MinValue;
                            goto case RouteKind.Heartbeat;
                        case RouteKind.Heartbeat:
                            change.Span[1..].Clear();
                            tombstones.Send(change);
                            break;
                        default:
                            change.Dispose();
                            throw new ArgumentOutOfRangeException(nameof(kind));
                    }

                    return 2;
                }
            }
            """,
    };
}
