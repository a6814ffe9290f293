// Frames of pixels: captured, drawn on, cropped, sent.
using System.Runtime.InteropServices;

namespace Corpus.Video;

public readonly record struct Rgba(byte R, byte G, byte B, byte A);

public readonly record struct Size(int Width, int Height)
{
    public int Pixels => Width * Height;
}

public sealed class FrameSource(Stream camera, Size size)
{
    public PageBuffer<Rgba> Capture(SpliceWriter pipe)
    {
        PageBuffer<Rgba> frame = pipe.Rent<Rgba>(size.Pixels);
        camera.ReadExactly(MemoryMarshal.AsBytes(frame.Span));
        return frame;
    }

    public async Task<PageBuffer<byte>> CaptureAsync(SpliceWriter pipe, CancellationToken stop)
    {
        PageBuffer<byte> frame = pipe.Rent<byte>(size.Pixels * 4);
        await camera.ReadExactlyAsync(frame.Memory, stop);
        return frame;
    }

    public void Stream(SpliceWriter pipe, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            PageBuffer<Rgba> frame = Capture(pipe);
            Draw.Number(frame.Span, size, i);
            pipe.Send(frame);
        }
    }

    public bool StreamUntilDark(SpliceWriter pipe)
    {
        do
        {
            using PageBuffer<Rgba> frame = Capture(pipe);
            if (Draw.Brightness(frame.Span) < 3)
            {
                return false;
            }

            pipe.Send(frame);
        }
        while (pipe.BytesUnread < 1 << 20);
        return true;
    }
}

public static class Draw
{
    public static void Number(Span<Rgba> pixels, Size size, int number)
    {
        for (int bit = 0; bit < 32; bit++)
        {
            pixels[(size.Width * 2) + bit] = (number & (1 << bit)) != 0 ? new Rgba(255, 255, 255, 255) : default;
        }
    }

    public static double Brightness(ReadOnlySpan<Rgba> pixels)
    {
        long sum = 0;
        foreach (Rgba pixel in pixels)
        {
            sum += pixel.R + pixel.G + pixel.B;
        }

        return sum / 3.0 / Math.Max(1, pixels.Length);
    }

    public static void Crop(SpliceWriter pipe, ReadOnlySpan<Rgba> source, Size size, Size wanted)
    {
        PageBuffer<Rgba> cropped = pipe.Rent<Rgba>(wanted.Pixels);
        Span<Rgba> target = cropped.Span;
        for (int row = 0; row < wanted.Height; row++)
        {
            source.Slice(row * size.Width, wanted.Width).CopyTo(target[(row * wanted.Width)..]);
        }

        pipe.Send(cropped);
    }

    public static void Rows(SpliceWriter pipe, ReadOnlySpan<Rgba> source, int width)
    {
        while (source.Length >= width)
        {
            pipe.Write(source[..width]);
            source = source[width..];
        }
    }

    public static void Gradient(SpliceWriter pipe, Size size)
    {
        using PageBuffer<Rgba> frame = pipe.Rent<Rgba>(size.Pixels);
        Parallel.For(0, size.Height, row =>
        {
            Span<Rgba> line = frame.Span.Slice(row * size.Width, size.Width);
            for (int x = 0; x < line.Length; x++)
            {
                line[x] = new Rgba((byte)x, (byte)row, 0, 255);
            }
        });
        pipe.Send(frame);
    }

    public static unsafe void Fill(SpliceWriter pipe, int length, uint color)
    {
        PageBuffer<uint> pixels = pipe.Rent<uint>(length);
        uint* at = (uint*)pixels.Address;
        uint* end = at + pixels.Length;
        while (at < end)
        {
            *at++ = color;
        }

        pipe.Send(pixels);
    }
}

public sealed class DoubleBuffer(SpliceWriter pipe, Size size) : IDisposable
{
    private PageBuffer<Rgba> _back = pipe.Rent<Rgba>(size.Pixels);

    public Span<Rgba> Canvas => _back.Span;

    public void Present()
    {
        PageBuffer<Rgba> front = _back;
        _back = pipe.Rent<Rgba>(size.Pixels);
        front.Span.CopyTo(_back.Span);
        pipe.Send(front);
    }

    public void Dispose() => _back.Dispose();
}
