namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Frozen pages written.</summary>
internal sealed class FrozenWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrozenHeaderPatchedPerClient"] = """
            public sealed class LobbyServer(SpliceWriter pool)
            {
                public void Announce(IReadOnlyList<SpliceWriter> players, ReadOnlySpan<byte> text)
                {
                    PageBuffer<byte> message = pool.Rent<byte>(4 + text.Length);
                    Span<byte> slot = message.Span[..4];
                    text.CopyTo(message.Span[4..]);
                    using FrozenPages<byte> pages = message.Freeze();
                    for (int i = 0; i < players.Count; i++)
                    {
                        slot[0] = (byte)i; //~VMS2012
                        players[i].Send(pages);
                    }
                }
            }
            """,
        ["TemplatePatchedBehindFreeze"] = """
            public sealed class KeepAlive : IDisposable
            {
                private readonly FrozenPages<byte> _pages;

                public KeepAlive(int version)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(4096);
                    Memory<byte> memory = buffer.Memory;
                    "PING"u8.CopyTo(memory.Span);
                    _pages = buffer.Freeze();
                    memory.Span[4] = (byte)version; //~VMS2012
                }

                public void Send(SpliceWriter writer) => writer.Send(_pages);

                public void Dispose() => _pages.Dispose();
            }
            """,
    };
}
