using System.Runtime.InteropServices;

namespace Frames;

/// <summary>Draws a moving pattern, the same each time for the same frame.</summary>
internal static class Renderer
{
    private const int Period = 256;

    private static readonly int[] s_wave = [.. Enumerable.Range(0, Period).Select(static i => (int)(63.5 * (1 + Math.Sin(2 * Math.PI * i / Period))))];
    private static readonly int[] s_colours = [.. Enumerable.Range(0, Period).Select(static i => (i << 16) | ((255 - i) << 8) | (i ^ 0x80))];

    public static void Draw(Span<int> pixels, int frame)
    {
        Span<int> column = stackalloc int[Picture.Width];
        for (int x = 0; x < column.Length; x++)
        {
            column[x] = s_wave[(x + (3 * frame)) % Period];
        }

        for (int y = 0; y < Picture.Height; y++)
        {
            Span<int> row = pixels.Slice(y * Picture.Width, Picture.Width);
            int wave = s_wave[((2 * y) + frame) % Period];
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = s_colours[column[x] + wave];
            }
        }
    }

    /// <summary>Depends on each pixel. That of several frames is their sum.</summary>
    public static ulong Checksum(ReadOnlySpan<int> pixels)
    {
        ulong sum = 0;
        ulong sums = 0;
        foreach (ulong two in MemoryMarshal.Cast<int, ulong>(pixels))
        {
            sum += two;
            sums += sum;
        }

        return sums;
    }

    public static ulong ChecksumOf(int frames)
    {
        int[] pixels = new int[Picture.Width * Picture.Height];
        ulong sum = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            Draw(pixels, frame);
            sum += Checksum(pixels);
        }

        return sum;
    }
}
