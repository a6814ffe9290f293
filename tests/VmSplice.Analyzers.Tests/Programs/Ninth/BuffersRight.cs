namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BreakerSender"] = """
            public interface IPageTarget
            {
                bool Send([Consumes] PageBuffer<byte> page);
            }

            public sealed class BreakerSender(SpliceWriter pipe, TimeProvider clock) : IPageTarget
            {
                private DateTimeOffset _openUntil;

                public bool Send([Consumes] PageBuffer<byte> page)
                {
                    if (clock.GetUtcNow() < _openUntil)
                    {
                        page.Dispose();
                        return false;
                    }

                    try
                    {
                        pipe.Send(page);
                        return true;
                    }
                    catch (IOException)
                    {
                        _openUntil = clock.GetUtcNow().AddSeconds(30);
                        return false;
                    }
                }
            }

            public sealed class Greeter(IPageTarget target, SpliceWriter pages)
            {
                public bool Greet(ReadOnlySpan<byte> name)
                {
                    PageBuffer<byte> page = pages.Rent<byte>(name.Length + 6);
                    "hello "u8.CopyTo(page.Span);
                    name.CopyTo(page.Span[6..]);
                    return target.Send(page);
                }
            }
            """,
        ["ChecksumChain"] = """
            public interface IChecksum
            {
                uint Compute([Borrows] PageBuffer<byte> payload);
            }

            public sealed class SumChecksum : IChecksum
            {
                public uint Compute([Borrows] PageBuffer<byte> payload)
                {
                    uint sum = 0;
                    foreach (byte b in payload.Span)
                    {
                        sum += b;
                    }

                    return sum;
                }
            }

            public sealed class ChecksumChain(IReadOnlyList<IChecksum> checksums) : IChecksum
            {
                public uint Compute([Borrows] PageBuffer<byte> payload)
                {
                    uint combined = (uint)payload.Length;
                    foreach (IChecksum checksum in checksums)
                    {
                        combined = (combined * 31) + checksum.Compute(payload);
                    }

                    return combined;
                }
            }

            public sealed class SignedSender(SpliceWriter pipe, IChecksum checksum)
            {
                public uint Send(PageBuffer<byte> payload)
                {
                    uint before = checksum.Compute(payload);
                    payload.Span[0] ^= (byte)before;
                    uint after = checksum.Compute(payload);
                    pipe.Send(payload);
                    return after;
                }
            }
            """,
        ["ChunkedUploader"] = """
            public sealed class ChunkedUploader(SpliceWriter store)
            {
                private const int ChunkLength = 256 * 1024;

                public void Upload(IEnumerable<byte[]> parts)
                {
                    PageBuffer<byte> chunk = store.Rent<byte>(ChunkLength);
                    Span<byte> free = chunk.Span;
                    foreach (byte[] part in parts)
                    {
                        ReadOnlySpan<byte> rest = part;
                        while (!rest.IsEmpty)
                        {
                            if (free.IsEmpty)
                            {
                                store.Send(chunk);
                                chunk = store.Rent<byte>(ChunkLength);
                                free = chunk.Span;
                            }

                            int count = Math.Min(free.Length, rest.Length);
                            rest[..count].CopyTo(free);
                            free = free[count..];
                            rest = rest[count..];
                        }
                    }

                    store.Send(chunk, ChunkLength - free.Length);
                }
            }
            """,
        ["ColumnGift"] = """
            public sealed class ColumnGift(SpliceWriter replica)
            {
                public long BytesGiven { get; private set; }

                public void Replicate(ReadOnlySpan<byte> column)
                {
                    int page = Environment.SystemPageSize;
                    int whole = (column.Length + page - 1) / page * page;
                    using PageBuffer<byte> pages = replica.Rent<byte>(whole);
                    column.CopyTo(pages.Span);
                    pages.Span[column.Length..].Clear();
                    replica.Gift(pages);
                    BytesGiven += whole;
                }
            }
            """,
        ["FieldBatcher"] = """
            public sealed class FieldBatcher
            {
                private const int Capacity = 8192;
                private readonly SpliceWriter _pipe;
                private PageBuffer<long> _page;
                private int _used;

                public FieldBatcher(SpliceWriter pipe)
                {
                    _pipe = pipe;
                    _page = pipe.Rent<long>(Capacity);
                }

                private Span<long> Free => _page.Span[_used..];

                public void Add(ReadOnlySpan<long> values)
                {
                    while (values.Length > Free.Length)
                    {
                        int count = Free.Length;
                        values[..count].CopyTo(Free);
                        values = values[count..];
                        _pipe.Send(_page);
                        _page = _pipe.Rent<long>(Capacity);
                        _used = 0;
                    }

                    values.CopyTo(Free);
                    _used += values.Length;
                }

                public void Stop()
                {
                    _pipe.Send(_page, _used);
                    _page = default;
                    _used = 0;
                }
            }
            """,
        ["FlaggedDelivery"] = """
            public sealed class FlaggedDelivery(SpliceWriter push, Queue<byte[]> deferred)
            {
                public bool Deliver(PageBuffer<byte> message, bool online, byte status)
                {
                    bool handedOver = false;
                    if (online)
                    {
                        message.Span[0] = status;
                        push.Send(message);
                        handedOver = true;
                    }
                    else if (deferred.Count < 1000)
                    {
                        deferred.Enqueue(message.Span.ToArray());
                    }

                    if (!handedOver)
                    {
                        message.Span.Clear();
                        message.Dispose();
                    }

                    return handedOver;
                }
            }
            """,
    };
}
