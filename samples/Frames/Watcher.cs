using System.Globalization;
using System.Runtime.InteropServices;
using VmSplice;

namespace Frames;

/// <summary>The other process: looks at every pixel of every frame, and says what it saw.</summary>
internal static class Watcher
{
    public static void WatchMoved()
    {
        using SpliceReader pipe = SpliceReader.OpenStandardInput();
        using Picture picture = Picture.Allocate();
        int frames = 0;
        ulong sum = 0;
        while (pipe.TryReceiveInto(picture))
        {
            frames++;
            sum += Renderer.Checksum(picture.Pixels);
        }

        Say(frames, sum);
    }

    public static void WatchWritten()
    {
        using Stream pipe = Console.OpenStandardInput();
        int[] pixels = new int[Picture.Width * Picture.Height];
        Span<byte> bytes = MemoryMarshal.AsBytes(pixels.AsSpan());
        int frames = 0;
        ulong sum = 0;
        while (pipe.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length)
        {
            frames++;
            sum += Renderer.Checksum(pixels);
        }

        Say(frames, sum);
    }

    /// <summary>What it says of frames that came whole.</summary>
    public static string Report(int frames, ulong sum) => string.Create(CultureInfo.InvariantCulture, $"{frames} frames, checksum {sum:x16}");

    private static void Say(int frames, ulong sum) => Console.WriteLine(Report(frames, sum));
}
