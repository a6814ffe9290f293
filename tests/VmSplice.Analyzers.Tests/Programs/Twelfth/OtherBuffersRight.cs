namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class OtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchesInOnePiece"] = """
            namespace Render.Tiles;

            public static class SpliceWriterExtensions
            {
                extension(SpliceWriter pipe)
                {
                    public PageBuffer<int> RentFilled(int length, int value)
                    {
                        PageBuffer<int> buffer = pipe.Rent<int>(length);
                        buffer.Span.Fill(value);
                        return buffer;
                    }
                }
            }

            public sealed class TileRing(SpliceWriter pipe, int slots, int pixels)
            {
                private readonly int[] _ages = new int[slots];
                private int _next;

                // All tiles of a turn travel in one piece; each turn has buffers of its own.
                public int SendTurn(ReadOnlySpan<int> colors)
                {
                    var tiles = new PageBuffer<int>[slots];
                    for (int i = 0; i < tiles.Length; i++)
                    {
                        int slot = (_next + i) % slots;
                        tiles[i] = pipe.RentFilled(pixels, colors.IsEmpty ? 0 : colors[slot % colors.Length]);
                        tiles[i][0] = _ages[slot]++;
                    }

                    pipe.SendAll(tiles);
                    _next = (_next + 1) % slots;
                    return tiles.Length * pixels;
                }
            }
            """,
    };
}
