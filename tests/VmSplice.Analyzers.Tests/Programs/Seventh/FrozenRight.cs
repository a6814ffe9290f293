namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Pages that are frozen, and right.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrozenForMany"] = """
            // Web server: an asset is frozen, sent to each client, and hashed from the view that was taken before.
            public sealed class StaticAsset(byte[] content)
            {
                public int SendTo(IEnumerable<SpliceWriter> clients)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(content.Length);
                    Span<byte> bytes = buffer.Span;
                    content.CopyTo(bytes);
                    using FrozenPages<byte> pages = buffer.Freeze();
                    foreach (SpliceWriter client in clients)
                    {
                        client.Send(pages);
                    }

                    return Adler(bytes) ^ Adler(pages.Span);
                }

                private static int Adler(ReadOnlySpan<byte> bytes)
                {
                    (int a, int b) = (1, 0);
                    foreach (byte value in bytes)
                    {
                        a = (a + value) % 65521;
                        b = (b + a) % 65521;
                    }

                    return (b << 16) | a;
                }
            }
            """,
        ["PatchedBeforeFreeze"] = """
            // Broadcasting: the flag is set before the table is frozen; behind that a copy is changed.
            public sealed class ProgrammeTable(IReadOnlyList<SpliceWriter> receivers)
            {
                public byte[] Announce(ReadOnlySpan<byte> table)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(table.Length);
                    table.CopyTo(buffer.Span);
                    ref byte flags = ref MemoryMarshal.GetReference(buffer.Span);
                    flags |= 0x80;
                    using FrozenPages<byte> pages = buffer.Freeze();
                    foreach (SpliceWriter receiver in receivers)
                    {
                        receiver.Send(pages);
                    }

                    byte[] next = pages.Span.ToArray();
                    next[0] = (byte)(flags & 0x7F);
                    return next;
                }
            }
            """,
    };
}
