// Buffers of segments: disposed by a using, received into again and again, held back for a round.
namespace Corpus.SegmentedBuffers;

[Spliceable]
public partial struct FrameHeader
{
    public long Number;
    public int Width;
    public int Height;
}

[Spliceable]
public sealed partial class Frame
{
    [Segment]
    public partial ref FrameHeader Header { get; }

    [Segment(Length = 640 * 480)]
    public partial Span<uint> Pixels { get; }

    [Segment(MaxLength = 4096)]
    public partial Span<byte> Caption { get; }
}

public static class Video
{
    public static void SendAll(SpliceWriter pipe, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            using Frame frame = Frame.Rent(pipe);
            frame.Header = new FrameHeader { Number = i, Width = 640, Height = 480 };
            frame.Pixels.Fill(0xFF);
            frame.CaptionLength = 5;
            "hello"u8.CopyTo(frame.Caption);
            pipe.Send(frame);
        }
    }

    public static long Receive(SpliceReader pipe)
    {
        using Frame frame = Frame.Allocate();
        long pixels = 0;
        while (pipe.TryReceiveInto(frame))
        {
            pixels += frame.Pixels.Length;
        }

        return pixels;
    }

    public static int Statement(Stream camera)
    {
        using (Frame frame = Frame.Allocate())
        {
            return camera.Read(frame.Caption);
        }
    }

    public static void Perhaps(SpliceWriter pipe, Func<bool> isWanted)
    {
        using var frame = Frame.Rent(pipe);
        frame.Pixels.Clear();
        if (!isWanted())
        {
            return;
        }

        pipe.Send(frame);
    }

    public static void Relay(SpliceReader from, SpliceWriter to)
    {
        while (Frame.TryReceive(from) is { } frame)
        {
            frame.Header.Number++;
            to.Send(frame);
        }
    }

    public static void Conditional(SpliceWriter pipe, int count)
    {
        Frame? frame = null;
        try
        {
            frame = Frame.Rent(pipe);
            frame.Header.Number = count;
            pipe.Gift(frame);
        }
        finally
        {
            frame?.Dispose();
        }
    }
}
