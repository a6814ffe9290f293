using System.Runtime.InteropServices;
using VmSplice;

namespace Frames;

/// <summary>Draws frames and sends each one, in either way.</summary>
internal static class Reel
{
    /// <summary>Each frame is drawn in pages that then move into the pipe.</summary>
    /// <param name="pipe">Where to. Framed for a reader of ours; not for one that wants the pixels alone.</param>
    /// <param name="frames">How many.</param>
    public static void Move(SpliceWriter pipe, int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            Picture picture = Picture.RentUninitialized(pipe);
            Renderer.Draw(picture.Pixels, frame);
            pipe.Send(picture);
        }
    }

    /// <summary>Each frame is drawn in one array, which is copied into the pipe, as every .NET program does it.</summary>
    public static void Write(Stream pipe, int frames)
    {
        int[] pixels = new int[Picture.Width * Picture.Height];
        for (int frame = 0; frame < frames; frame++)
        {
            Renderer.Draw(pixels, frame);
            pipe.Write(MemoryMarshal.AsBytes(pixels.AsSpan()));
        }
    }
}
