namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Gifts, and right.</summary>
internal sealed class GiftsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GiftWithHeaderInAPageOfItsOwn"] = """
            public static class HeaderedGift
            {
                public static void Send(SpliceWriter writer, ReadOnlySpan<byte> header, byte fill)
                {
                    int page = Environment.SystemPageSize;
                    using PageBuffer<byte> pages = writer.Rent<byte>(5 * page);
                    header[..Math.Min(header.Length, page)].CopyTo(pages.Span);
                    pages.Span[page..].Fill(fill);
                    writer.Gift(pages);
                }
            }
            """,
    };
}
