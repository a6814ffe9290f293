namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Code that awaits, and right.</summary>
internal sealed class AsynchronousRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ReplayStamps"] = """
            // Games: a local function writes into whichever frame is the current one.
            public static class ReplayStamps
            {
                public static async Task RecordAsync(SpliceWriter writer, int ticks, Func<int, int> input, CancellationToken cancellation)
                {
                    Memory<int> words;

                    void Stamp(int at, int value)
                    {
                        words.Span[at] = value;
                    }

                    for (int tick = 0; tick < ticks; tick++)
                    {
                        PageBuffer<int> frame = writer.Rent<int>(1024);
                        words = frame.Memory;
                        Stamp(0, tick);
                        for (int player = 0; player < 8; player++)
                        {
                            Stamp(player + 1, input(player));
                        }

                        await writer.SendAsync(frame, cancellation);
                    }
                }
            }
            """,
        ["TilePump"] = """
            // Tiles: each is received, awaited, tinted and sent on.
            public sealed class TilePump(SpliceReader tiles, SpliceWriter screen)
            {
                private const int TileLength = 256 * 256;

                public async Task<long> PumpAsync(int tint)
                {
                    long pixels = 0;
                    while (true)
                    {
                        PageBuffer<int> tile = screen.Rent<int>(TileLength);
                        int got = await tiles.ReadAsync(tile);
                        if (got == 0)
                        {
                            tile.Dispose();
                            return pixels;
                        }

                        Tint(tile.Span[..got], tint);
                        ValueTask sending = screen.SendAsync(tile);
                        pixels += got;
                        await sending;
                    }
                }

                private static void Tint(Span<int> pixels, int tint)
                {
                    foreach (ref int pixel in pixels)
                    {
                        pixel ^= tint;
                    }
                }
            }
            """,
    };
}
