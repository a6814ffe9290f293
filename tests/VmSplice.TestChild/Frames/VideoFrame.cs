namespace VmSplice.TestChild;

/// <summary>A frame of video as programs exchange it, 4:2:0: a plane of luma, two of chroma of half its width and height.</summary>
[Spliceable]
internal sealed partial class VideoFrame
{
    internal const int Width = 320;
    internal const int Height = 240;

    [Segment(Length = Width * Height)]
    internal partial Span<byte> Luma { get; }

    [Segment(Length = Width * Height / 4)]
    internal partial Span<byte> BlueChroma { get; }

    [Segment(Length = Width * Height / 4)]
    internal partial Span<byte> RedChroma { get; }

    /// <summary>Bytes of a frame, as they travel without a header.</summary>
    internal const int Size = Width * Height * 3 / 2;

    /// <summary>Draws a picture that moves with the frame's number.</summary>
    internal void Draw(int number)
    {
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                Luma[(y * Width) + x] = (byte)(16 + ((x + (y * 2) + (number * 3)) % 200));
            }
        }

        BlueChroma.Fill((byte)(64 + number));
        RedChroma.Fill((byte)(192 - number));
    }

    internal bool Shows(int number)
    {
        using VideoFrame expected = Allocate();
        expected.Draw(number);
        return Luma.SequenceEqual(expected.Luma) && BlueChroma.SequenceEqual(expected.BlueChroma) && RedChroma.SequenceEqual(expected.RedChroma);
    }
}
