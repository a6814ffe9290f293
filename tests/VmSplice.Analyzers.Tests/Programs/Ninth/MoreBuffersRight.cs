namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GuardedSender"] = """
            public interface ISerializer<in T>
            {
                int Serialize(T message, Span<byte> target);
            }

            public sealed class GuardedSender<T>(SpliceWriter pipe, ISerializer<T> serializer)
            {
                private const int MaxLength = 64 * 1024;

                public int Failed { get; private set; }

                public bool TrySend(T message)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(MaxLength);
                    try
                    {
                        int length = serializer.Serialize(message, page.Span);
                        if (length <= 0)
                        {
                            return false;
                        }

                        pipe.Send(page, length);
                        return true;
                    }
                    catch (FormatException)
                    {
                        Failed++;
                        return false;
                    }
                    finally
                    {
                        page.Dispose();
                    }
                }
            }
            """,
        ["MeteredSender"] = """
            public sealed class MeteredSender(SpliceWriter pipe)
            {
                private readonly Dictionary<int, long> _histogram = [];

                public long Lost { get; private set; }

                public void Send(PageBuffer<byte> packet)
                {
                    packet.Span[^1] = Parity(packet.Span[..^1]);
                    try
                    {
                        pipe.Send(packet);
                    }
                    catch (BrokenPipeException)
                    {
                        Lost += packet.Length;
                        return;
                    }

                    int bucket = packet.Length switch { < 64 => 0, < 1500 => 1, _ => 2 };
                    _histogram[bucket] = _histogram.GetValueOrDefault(bucket) + 1;
                }

                private static byte Parity(ReadOnlySpan<byte> bytes)
                {
                    byte parity = 0;
                    foreach (byte b in bytes)
                    {
                        parity ^= b;
                    }

                    return parity;
                }
            }
            """,
        ["OptionalTrailer"] = """
            public sealed record Upload(byte[] Body, string? Signature);

            public sealed class OptionalTrailer(SpliceWriter store)
            {
                public int Store(Upload upload)
                {
                    PageBuffer<char> trailer = default;
                    if (upload is { Signature: { Length: > 0 } signature })
                    {
                        trailer = store.Rent<char>(signature.Length);
                        signature.CopyTo(trailer.Span);
                    }

                    try
                    {
                        store.Write(upload.Body);
                        if (trailer.Length > 0)
                        {
                            store.Send(trailer);
                        }

                        return upload.Body.Length + (trailer.Length * sizeof(char));
                    }
                    finally
                    {
                        trailer.Dispose();
                    }
                }
            }
            """,
        ["OwnedEnvelope"] = """
            public sealed class OwnedEnvelope : IDisposable
            {
                private PageBuffer<byte> _body;

                public OwnedEnvelope(PageBuffer<byte> body) => _body = body;

                public int Length => _body.Length;

                public void SendTo(SpliceWriter pipe)
                {
                    PageBuffer<byte> body = _body;
                    _body = default;
                    pipe.Send(body);
                }

                public void Dispose()
                {
                    _body.Dispose();
                    _body = default;
                }
            }

            public sealed class Mailer(SpliceWriter pipe)
            {
                public int Mail(ReadOnlySpan<byte> text, Func<int, bool> accepts)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(text.Length);
                    text.CopyTo(page.Span);
                    using OwnedEnvelope envelope = new(page);
                    if (!accepts(envelope.Length))
                    {
                        return 0;
                    }

                    int length = envelope.Length;
                    envelope.SendTo(pipe);
                    return length;
                }
            }
            """,
        ["PageBundle"] = """
            public sealed class PageBundle(SpliceWriter pipe)
            {
                private const int PageLength = 4096;

                public long Bundles { get; private set; }

                public void Send(IEnumerable<ReadOnlyMemory<byte>> documents)
                {
                    List<PageBuffer<byte>> pages = [];
                    foreach (ReadOnlyMemory<byte> document in documents)
                    {
                        for (ReadOnlyMemory<byte> rest = document; !rest.IsEmpty;)
                        {
                            int count = Math.Min(PageLength, rest.Length);
                            PageBuffer<byte> page = pipe.Rent<byte>(count);
                            rest.Span[..count].CopyTo(page.Span);
                            pages.Add(page);
                            rest = rest[count..];
                        }
                    }

                    pipe.SendAll([.. pages]);
                    pages.Clear();
                    Bundles++;
                }
            }
            """,
        ["PriorityGateway"] = """
            public readonly record struct Accepted(byte Kind, int Priority, int Length);

            public sealed class PriorityGateway(SpliceWriter urgent, SpliceWriter normal)
            {
                public Accepted Accept(PageBuffer<byte> command)
                {
                    (byte kind, int priority) = (Kind(), Priority(command.Span[1..]));
                    SpliceWriter target = priority > 5 ? urgent : normal;
                    if (kind == 0)
                    {
                        command.Dispose();
                        return new Accepted(0, priority, 0);
                    }

                    command.Span[^1] = (byte)priority;
                    target.Send(command);
                    return new Accepted(kind, priority, command.Length);

                    byte Kind() => command[0];

                    static int Priority(ReadOnlySpan<byte> body)
                    {
                        int priority = 0;
                        foreach (byte b in body)
                        {
                            priority = Math.Max(priority, b % 10);
                        }

                        return priority;
                    }
                }
            }
            """,
    };
}
