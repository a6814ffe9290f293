namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Views of frozen pages behind the using that disposes them.</summary>
internal sealed class FrozenInAUsingWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ViewOutlivesTheUsing"] = """
            public static class Tagged
            {
                public static byte Send(IReadOnlyList<SpliceWriter> clients, byte[] content)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(content.Length);
                    content.CopyTo(buffer.Span);
                    ReadOnlySpan<byte> tag;
                    using (FrozenPages<byte> pages = buffer.Freeze())
                    {
                        tag = pages.Span[..8];
                        foreach (SpliceWriter client in clients)
                        {
                            client.Send(pages);
                        }
                    }

                    return tag[0]; //~VMS2002
                }
            }
            """,
        ["ViewOutlivesPagesThatMayNotBe"] = """
            public static class Perhaps
            {
                public static byte Send(SpliceWriter client, byte[] content, bool isFrozen)
                {
                    PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(content.Length);
                    content.CopyTo(buffer.Span);
                    ReadOnlySpan<byte> tag = buffer.Span[..8];
                    using (FrozenPages<byte>? pages = isFrozen ? buffer.Freeze() : null)
                    {
                        if (pages is not null)
                        {
                            client.Send(pages);
                        }
                    }

                    byte first = tag[0]; //~VMS2004
                    buffer.Dispose();
                    return first;
                }
            }
            """,
    };
}
