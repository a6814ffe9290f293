namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Frozen pages, and right.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrozenTemplateReadInsideUsing"] = """
            public static class TemplateFanOut
            {
                public static (byte First, int Length) Broadcast(IEnumerable<SpliceWriter> clients, SpliceWriter pool, ReadOnlySpan<byte> template)
                {
                    PageBuffer<byte> buffer = pool.Rent<byte>(template.Length);
                    template.CopyTo(buffer.Span);
                    ReadOnlySpan<byte> before = buffer.Span;
                    using FrozenPages<byte> pages = buffer.Freeze();
                    foreach (SpliceWriter client in clients)
                    {
                        client.Send(pages);
                    }

                    return (before[0], pages.Length + before.Length);
                }
            }
            """,
        ["HeaderPerClientBesideFrozenBody"] = """
            public sealed class LobbyServer(SpliceWriter pool)
            {
                public void Announce(IReadOnlyList<SpliceWriter> players, ReadOnlySpan<byte> text)
                {
                    PageBuffer<byte> message = pool.Rent<byte>(text.Length);
                    text.CopyTo(message.Span);
                    using FrozenPages<byte> body = message.Freeze();
                    Span<byte> head = stackalloc byte[4];
                    for (int i = 0; i < players.Count; i++)
                    {
                        head[0] = (byte)i;
                        players[i].Write(head);
                        players[i].Send(body);
                    }
                }
            }
            """,
        ["ReplicaGetsFrozenPages"] = """
            public sealed class ReplicatedJournal(SpliceWriter primary, SpliceWriter? replica)
            {
                public long Entries { get; private set; }

                public void Append(ReadOnlySpan<byte> entry)
                {
                    using PageBuffer<byte> page = primary.Rent<byte>(entry.Length);
                    entry.CopyTo(page.Span);
                    if (replica is null)
                    {
                        primary.Send(page, entry.Length);
                    }
                    else
                    {
                        using FrozenPages<byte> pages = page.Freeze();
                        primary.Send(pages);
                        replica.Send(pages);
                    }

                    Entries++;
                }
            }
            """,
        ["FailoverWithFrozenPages"] = """
            public sealed class FailoverSender(SpliceWriter primary, SpliceWriter backup)
            {
                public void Ship([Consumes] PageBuffer<byte> payload)
                {
                    using FrozenPages<byte> pages = payload.Freeze();
                    try
                    {
                        primary.Send(pages);
                    }
                    catch (BrokenPipeException e)
                    {
                        Console.Error.WriteLine($"{e.Message}, {pages.Length} bytes go to the backup");
                        backup.Send(pages);
                    }
                }
            }
            """,
        ["TemplatePatchedBeforeFreeze"] = """
            public sealed class KeepAlive : IDisposable
            {
                private readonly FrozenPages<byte> _pages;

                public KeepAlive(int version)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(4096);
                    Span<byte> span = buffer.Span;
                    "PING"u8.CopyTo(span);
                    span[4] = (byte)version;
                    _pages = buffer.Freeze();
                    Version = span[4];
                }

                public int Version { get; }

                public void Send(IEnumerable<SpliceWriter> writers)
                {
                    foreach (SpliceWriter writer in writers)
                    {
                        writer.Send(_pages);
                    }
                }

                public void Dispose() => _pages.Dispose();
            }
            """,
    };
}
