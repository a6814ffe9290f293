using System.Runtime.InteropServices;
using VmSplice;

namespace Cat;

/// <summary>Bulk output. A pattern that repeats is written once and sent again and again as frozen pages.</summary>
internal static class Generator
{
    private const int ChunkLength = 128 * 1024;

    public static int Write(SpliceWriter output, Pattern pattern, long bytes)
    {
        switch (pattern)
        {
            case Pattern.Zeros:
                Repeat(output, "\0"u8, bytes);
                break;
            case Pattern.Text:
                Repeat(output, "y\n"u8, bytes);
                break;
            default:
                WriteNoise(output, bytes);
                break;
        }

        return 0;
    }

    private static void Repeat(SpliceWriter output, ReadOnlySpan<byte> unit, long bytes)
    {
        PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(ChunkLength);
        Span<byte> chunk = buffer.Span;
        for (int at = 0; at < chunk.Length; at += unit.Length)
        {
            unit.CopyTo(chunk[at..]);
        }

        // Nobody writes to these pages any more, so that any number of readers may have them at once.
        using FrozenPages<byte> pages = buffer.Freeze();
        for (; bytes >= pages.Length; bytes -= pages.Length)
        {
            output.Send(pages);
        }

        output.Write(pages.Span[..(int)bytes]);
    }

    private static void WriteNoise(SpliceWriter output, long bytes)
    {
        ulong next = 0;
        while (bytes > 0)
        {
            using PageBuffer<byte> buffer = output.Rent<byte>(ChunkLength);
            foreach (ref ulong word in MemoryMarshal.Cast<byte, ulong>(buffer.Span))
            {
                word = Mix(next++);
            }

            int length = (int)Math.Min(bytes, buffer.Length);
            output.Send(buffer, length);
            bytes -= length;
        }
    }

    /// <summary>The finalizer of SplitMix64: word n of the noise is a function of n alone, so that any part can be checked.</summary>
    private static ulong Mix(ulong n)
    {
        ulong z = (n + 1) * 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
