namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers and views that are used after they were given away.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AuditPublisher"] = """
            public interface IAuditLog
            {
                void Info(string message);
            }

            public static class Fnv
            {
                public static ulong Hash(ReadOnlySpan<byte> data)
                {
                    ulong hash = 14695981039346656037;
                    foreach (byte b in data)
                    {
                        hash = (hash ^ b) * 1099511628211;
                    }

                    return hash;
                }
            }

            public sealed class AuditPublisher(SpliceWriter sink, IAuditLog log)
            {
                public void Publish(ReadOnlySpan<byte> entry)
                {
                    using PageBuffer<byte> page = sink.Rent<byte>(entry.Length);
                    entry.CopyTo(page.Span);
                    sink.Send(page);
                    log.Info($"{page.Length} bytes published");
                    log.Info($"hash {Fnv.Hash(page.Span):x16}"); //~VMS2002
                }
            }
            """,
        ["CommandRouter"] = """
            public readonly record struct Routed(byte Kind, int Length);

            public sealed class CommandRouter(SpliceWriter fast, SpliceWriter slow)
            {
                public Routed Route(PageBuffer<byte> command)
                {
                    int length = command.Length;
                    switch (command[0])
                    {
                        case 1:
                            fast.Send(command);
                            break;
                        case 2 or 3:
                            slow.Send(command);
                            break;
                        default:
                            command.Dispose();
                            break;
                    }

                    return new Routed(Kind(), length);

                    byte Kind()
                    {
                        return command[0]; //~VMS2002
                    }
                }
            }
            """,
        ["IdempotencyFilter"] = """
            public sealed class IdempotencyFilter(SpliceWriter downstream, TimeProvider clock)
            {
                private const int KeyLength = 16;
                private readonly Dictionary<Guid, DateTimeOffset> _seen = [];

                public bool Forward(ReadOnlySpan<byte> request)
                {
                    using PageBuffer<byte> page = downstream.Rent<byte>(request.Length);
                    request.CopyTo(page.Span);
                    ReadOnlySpan<byte> key = page.Span[..KeyLength];
                    if (_seen.ContainsKey(new Guid(key)))
                    {
                        return false;
                    }

                    downstream.Send(page);
                    Remember(new Guid(key)); //~VMS2002
                    return true;
                }

                private void Remember(Guid key)
                {
                    DateTimeOffset now = clock.GetUtcNow();
                    _seen[key] = now;
                    foreach (Guid old in _seen.Where(pair => now - pair.Value > TimeSpan.FromMinutes(10)).Select(pair => pair.Key).ToList())
                    {
                        _seen.Remove(old);
                    }
                }
            }
            """,
    };
}
