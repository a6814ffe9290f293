namespace VmSplice.Tests.Buffers;

/// <summary>A segment whose length varies and is 0 does not travel, and the reader's buffer keeps what it had there.</summary>
[Trait("Category", "Transport")]
public class SegmentsLeftOutTests
{
    private const int Pixels = 10_000;

    [Fact]
    public void SegmentLeftEmpty_CostsNoByteOfThePipe()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter(new() { Framed = false });
        Screen screen = Screen.Rent(writer);
        screen.CaptionLength = 7;
        writer.Send(screen);
        Assert.Equal(sizeof(long) + 7, writer.BytesUnread);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CaptionAloneReceived_PixelsOfTheFrameBeforeAreStillThere(bool usedPages)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        using Screen received = usedPages ? RentOfUsedPages(writer) : Screen.Allocate();
        Background sender = Background.Run(() =>
        {
            Screen whole = Screen.Rent(writer);
            whole.PixelsLength = Pixels;
            whole.Pixels.Fill(42);
            writer.Send(whole);
            Screen caption = Screen.Rent(writer);
            caption.CaptionLength = 5;
            "hello"u8.CopyTo(caption.Caption);
            writer.Send(caption);
        });
        reader.ReceiveInto(received);
        reader.ReceiveInto(received);
        sender.Join();
        Assert.Equal(0, received.PixelsLength);
        Assert.Equal("hello"u8, received.Caption);
        received.PixelsLength = Pixels;
        Assert.Equal(Pixels, received.Pixels.Count(42));
    }

    [Fact]
    public void LengthCutAndSetAgain_ReceivedElementsStay()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        using Screen received = RentOfUsedPages(writer);
        Background sender = Background.Run(() =>
        {
            Screen screen = Screen.Rent(writer);
            screen.PixelsLength = Pixels;
            screen.Pixels.Fill(42);
            writer.Send(screen);
        });
        reader.ReceiveInto(received);
        sender.Join();
        received.PixelsLength = 1;
        received.PixelsLength = Pixels + 1;
        Assert.Equal(Pixels, received.Pixels.Count(42));
        Assert.Equal(0, received.Pixels[Pixels]);
    }

    /// <summary>Pages in which somebody else's values lie.</summary>
    private static Screen RentOfUsedPages(SpliceWriter writer)
    {
        Screen used = Screen.Rent(writer);
        used.PixelsLength = 2 * Pixels;
        used.Pixels.Fill(-1);
        used.Dispose();
        return Screen.Rent(writer);
    }
}

[Spliceable]
internal sealed partial class Screen
{
    [Segment]
    internal partial ref long Number { get; }

    [Segment(MaxLength = 20_000)]
    internal partial Span<int> Pixels { get; }

    [Segment(MaxLength = 1_000)]
    internal partial Span<byte> Caption { get; }
}
