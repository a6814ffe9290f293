namespace VmSplice.TestChild;

/// <summary>A buffer with every kind of segment: one record, many, a caption of varying length.</summary>
[Spliceable]
internal sealed partial class Picture
{
    internal const int Width = 640;
    internal const int Height = 360;

    [Segment]
    internal partial ref PictureHeader Header { get; }

    [Segment(Length = Width * Height)]
    internal partial Span<Rgba> Pixels { get; }

    [Segment(MaxLength = 65_536)]
    internal partial Span<byte> Caption { get; }

    [Segment(MaxLength = 1_000)]
    internal partial Span<Transport> Path { get; }

    internal void Draw(int number)
    {
        Header = new PictureHeader { Number = number, Width = Width, Height = Height, Transport = number % 2 == 0
            ? Transport.Live : Transport.Replay, IsKey = number % 5 == 0, Quality = 7 };
        for (int i = 0; i < Pixels.Length; i += 97)
        {
            Pixels[i] = new Rgba { R = (byte)i, G = (byte)(i >> 8), B = (byte)number, A = 255 };
        }

        CaptionLength = number * 1_237 % 65_537;
        StreamPattern.Fill(Caption, number);
        PathLength = number % 4;
        Path.Fill(Transport.Replay);
    }

    internal bool Shows(int number)
    {
        if (Header.Number != number || Header.IsKey != (number % 5 == 0) || Header.Transport != (number % 2 == 0 ? Transport.Live : Transport.Replay))
        {
            return false;
        }

        for (int i = 0; i < Pixels.Length; i += 97)
        {
            if (Pixels[i].R != (byte)i || Pixels[i].G != (byte)(i >> 8) || Pixels[i].B != (byte)number || Pixels[i].A != 255)
            {
                return false;
            }
        }

        return CaptionLength == number * 1_237 % 65_537
            && StreamPattern.Mismatch(Caption, number) < 0
            && PathLength == number % 4
            && !Path.ContainsAnyExcept(Transport.Replay);
    }
}
