namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConsumingRouter"] = """
            namespace Trading.Routing;

            public enum Venue { Primary, Backup, Dark }

            public sealed class OrderRouter(SpliceWriter primary, SpliceWriter backup)
            {
                private readonly Dictionary<Venue, int> _counts = [];

                private void Dispatch(Venue venue, [Consumes] PageBuffer<long> order)
                {
                    switch (venue)
                    {
                        case Venue.Primary:
                            primary.Send(order);
                            break;
                        case Venue.Backup when order[1] < 1_000:
                            backup.Send(order);
                            break;
                        default:
                            order.Dispose();
                            break;
                    }
                }

                public long Submit(Venue venue, long id, long quantity, long limit)
                {
                    PageBuffer<long> order = primary.Rent<long>(3);
                    order[0] = id;
                    order[1] = Math.Max(quantity, 0);
                    order[2] = limit;
                    long taken = order[1];
                    Dispatch(venue, order);
                    _counts[venue] = _counts.GetValueOrDefault(venue) + 1;
                    return taken;
                }
            }
            """,
        ["HashThenReplicate"] = """
            namespace Cache.Replication;

            public sealed class ReplicatingCache(SpliceWriter replica)
            {
                private readonly Dictionary<string, byte[]> _entries = [];

                public int Subscribers { get; set; }

                public long Fingerprint { get; private set; }

                private static long Hash(ReadOnlySpan<byte> value)
                {
                    HashCode hash = new();
                    hash.AddBytes(value);
                    return hash.ToHashCode();
                }

                public void Store(string key, ReadOnlySpan<byte> value, bool replicate)
                {
                    _entries[key] = value.ToArray();
                    PageBuffer<byte> entry = replica.Rent<byte>(value.Length + 4);
                    value.CopyTo(entry.Span[4..]);
                    entry[0] = (byte)key.Length;

                    bool live = replicate && Subscribers > 0;
                    long hash;
                    if (live)
                    {
                        hash = Hash(entry.Span);
                        replica.Send(entry);
                    }
                    else
                    {
                        hash = ~Hash(entry.Span[4..]);
                    }

                    Fingerprint ^= hash;
                    if (!live)
                    {
                        entry.Dispose();
                    }
                }
            }
            """,
        ["FrontRentedAnew"] = """
            namespace Display.Mirroring;

            public sealed class ScreenMirror(SpliceWriter viewer, Func<Memory<int>, bool> capture)
            {
                private const int Pixels = 1280 * 720;

                public long Frames { get; private set; }

                public void Run(CancellationToken stop)
                {
                    PageBuffer<int> front = viewer.Rent<int>(Pixels);
                    PageBuffer<int> back = viewer.Rent<int>(Pixels);
                    try
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            front.Span.Clear();
                            if (!capture(front.Memory))
                            {
                                break;
                            }

                            viewer.Send(front);
                            Frames++;
                            front = back;
                            back = viewer.Rent<int>(Pixels);
                        }
                    }
                    finally
                    {
                        front.Dispose();
                        back.Dispose();
                    }
                }
            }
            """,
        ["StackHeaderCopied"] = """
            using System.Buffers.Binary;

            namespace Framing.Copied;

            public sealed class FrameSender(SpliceWriter pipe)
            {
                private int _next;

                private void WriteHeader(int channel, int length)
                {
                    Span<byte> header = stackalloc byte[16];
                    BinaryPrimitives.WriteInt32LittleEndian(header, 0x46524D31);
                    BinaryPrimitives.WriteInt32LittleEndian(header[4..], channel);
                    BinaryPrimitives.WriteInt32LittleEndian(header[8..], length);
                    BinaryPrimitives.WriteInt32LittleEndian(header[12..], _next++);
                    pipe.Write<byte>(header);
                    header.Clear();             // it was copied
                }

                public void Send(int channel, [Consumes] PageBuffer<byte> body)
                {
                    int length = body.Length;
                    if (length == 0)
                    {
                        body.Dispose();
                        WriteHeader(channel, 0);
                        return;
                    }

                    WriteHeader(channel, length);
                    pipe.Send(body);
                }
            }
            """,
        ["SessionGivesBodyUp"] = """
            namespace Upload.Sessions;

            public sealed class Session
            {
                public PageBuffer<byte> Body;
                public int Length;
                public bool IsCommitted;
            }

            public sealed class UploadSessions(SpliceWriter store)
            {
                private readonly Dictionary<Guid, Session> _open = [];

                public Guid Begin(int most)
                {
                    Guid id = Guid.NewGuid();
                    _open.Add(id, new Session { Body = store.Rent<byte>(most) });
                    return id;
                }

                public void Append(Guid id, ReadOnlySpan<byte> part)
                {
                    Session session = _open[id];
                    part.CopyTo(session.Body.Span[session.Length..]);
                    session.Length += part.Length;
                }

                public void Commit(Guid id)
                {
                    Session session = _open[id];
                    PageBuffer<byte> body = session.Body;
                    session.Body = default;
                    session.IsCommitted = true;
                    store.Send(body, session.Length);
                }

                public void Abort(Guid id)
                {
                    if (_open.Remove(id, out Session? session))
                    {
                        session.Body.Dispose();         // without effect where it was committed
                        session.Body = default;
                    }
                }
            }
            """,
    };
}
