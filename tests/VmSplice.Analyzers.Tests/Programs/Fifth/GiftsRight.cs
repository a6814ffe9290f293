namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Gifts, and right.</summary>
internal sealed class GiftsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GiftRoundedUpToTheSystemPage"] = """
            public sealed class SegmentStore(SpliceWriter disk)
            {
                private static int WholePages(int bytes) => (bytes + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize;

                public int Store(ReadOnlySpan<byte> record)
                {
                    int whole = WholePages(record.Length);
                    using PageBuffer<byte> pages = disk.Rent<byte>(whole);
                    record.CopyTo(pages.Span);
                    disk.Gift(pages);
                    return whole - record.Length;
                }
            }
            """,
        ["YuvPlanesSentNotGifted"] = """
            public sealed class YuvFeeder(SpliceWriter encoder)
            {
                private const int Luma = 640 * 480;
                private const int Chroma = Luma / 4;

                public void Feed(ReadOnlySpan<byte> y, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, bool gift)
                {
                    int length = Luma + 2 * Chroma;
                    using PageBuffer<byte> frame = encoder.RentUninitialized<byte>(length);
                    Span<byte> planes = frame.Span;
                    y[..Luma].CopyTo(planes);
                    u[..Chroma].CopyTo(planes[Luma..]);
                    v[..Chroma].CopyTo(planes[(Luma + Chroma)..]);
                    if (gift && length % Environment.SystemPageSize == 0)
                        encoder.Gift(frame);
                    else
                        encoder.Send(frame);
                }
            }
            """,
    };
}
