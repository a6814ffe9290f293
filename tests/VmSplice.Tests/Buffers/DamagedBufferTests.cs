using System.Buffers.Binary;

namespace VmSplice.Tests.Buffers;

/// <summary>What is not the buffer that was expected is an exception that names the segment and the byte.</summary>
[Trait("Category", "Transport")]
public class DamagedBufferTests
{
    private const int HeaderLength = 64;
    private static readonly int PictureLength = HeaderLength + 24 + (Picture.Width * Picture.Height * 4) + 1_237 + 1;

    [Fact]
    public void WholeBuffer_ArrivesAndThenTheEnd()
    {
        using SpliceReader reader = Replay([.. Captured(), .. EndMark]);
        using Picture picture = Picture.Receive(reader);
        Assert.True(picture.Shows(1));
        Assert.Null(Picture.TryReceive(reader));
        Assert.Null(Picture.TryReceive(reader));
        Assert.Throws<EndOfStreamException>(() => Picture.Receive(reader));
    }

    [Fact]
    public void EndOfThePipeWithoutTheEndMark_IsACutStream()
    {
        using SpliceReader reader = Replay(Captured());
        Picture.Receive(reader).Dispose();
        BufferStreamException e = Assert.Throws<BufferStreamException>(() => Picture.TryReceive(reader));
        Assert.Contains("Buffers that arrived: 1.", e.Message, StringComparison.Ordinal);
        Assert.Throws<BufferStreamException>(() => Picture.Receive(reader));
    }

    [Fact]
    public void EmptyPipe_IsACutStream()
        => Assert.Contains("did not complete the stream", Fails([]).Message, StringComparison.Ordinal);

    [Fact]
    public void StreamBehindACompletedOne_IsReadToItsOwnEnd()
    {
        using SpliceReader reader = Replay([.. Captured(), .. EndMark, .. Captured()]);
        Picture.Receive(reader).Dispose();
        Assert.Null(Picture.TryReceive(reader));
        Picture.Receive(reader).Dispose();
        Assert.Throws<BufferStreamException>(() => Picture.TryReceive(reader));
    }

    [Fact]
    public void EndMark_IsAsDocumentedAndWrittenOnce()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            writer.CompleteBuffers();
            writer.CompleteBuffers();
        }

        byte[] mark = new byte[HeaderLength];
        reader.ReadExactly(mark);
        Assert.Equal(EndMark, mark);
        Assert.Equal(0, reader.Read(new byte[1]));
    }

    [Fact]
    public void PrintedText_IsShownAsText()
        => Assert.Contains("6C6F2C2074, the text \"hello, t\"", Fails([.. "hello, this is a log line of sixty-four bytes or more, so it fills"u8]).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1, null, 1)]
    [InlineData(63, null, 63)]
    [InlineData(64, "Header", 0)]
    [InlineData(87, "Header", 23)]
    [InlineData(88, "Pixels", 0)]
    [InlineData(88 + 500_000, "Pixels", 500_000)]
    [InlineData(88 + (640 * 360 * 4), "Caption", 0)]
    [InlineData(88 + (640 * 360 * 4) + 1_236, "Caption", 1_236)]
    [InlineData(88 + (640 * 360 * 4) + 1_237, "Path", 0)]
    public void CutStream_NamesTheSegmentAndTheByte(int bytes, string? segment, long offset)
    {
        BufferStreamException e = Fails(Captured()[..bytes]);
        Assert.Equal(segment, e.Segment);
        Assert.Equal(offset, e.ByteOffset);
        Assert.Contains("was cut", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherBytes_AreNoBuffer()
        => Assert.Contains("No buffer starts here", Fails(StreamPattern.Take(0, 500)).Message, StringComparison.Ordinal);

    [Fact]
    public void OtherVersion_IsRefused()
        => Assert.Contains("version 9", Fails(Captured(), bytes => bytes[8] = 9).Message, StringComparison.Ordinal);

    [Fact]
    public void OtherBuffer_IsRefusedByItsFingerprint()
    {
        using SpliceReader reader = Replay(Captured());
        BufferStreamException e = Assert.Throws<BufferStreamException>(() => VideoFrame.Receive(reader));
        Assert.Contains("laid out differently", e.Message, StringComparison.Ordinal);
        Assert.Equal(16, e.ByteOffset);
    }

    [Fact]
    public void LengthBeyondItsBound_IsRefusedAndTheBufferKeepsItsOwn()
    {
        byte[] bytes = Captured();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), 65_537);
        using SpliceReader reader = Replay(bytes);
        using Picture picture = Picture.Allocate();
        picture.CaptionLength = 3;
        BufferStreamException e = Assert.Throws<BufferStreamException>(() => reader.ReceiveInto(picture));
        Assert.Equal(("Caption", 24, 3), (e.Segment, (int)e.ByteOffset, picture.CaptionLength));
        Assert.Contains("claims 65537 elements", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SecondLengthBeyondItsBound_LeavesTheFirstAlone()
    {
        byte[] bytes = Captured();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), uint.MaxValue);
        using SpliceReader reader = Replay(bytes);
        using Picture picture = Picture.Allocate();
        Assert.Equal("Path", Assert.Throws<BufferStreamException>(() => reader.ReceiveInto(picture)).Segment);
        Assert.Equal(0, picture.CaptionLength);
    }

    [Theory]
    [InlineData(16, "Header", 0, "PictureHeader")]
    [InlineData(17, "Header", 0, "PictureHeader")]
    [InlineData(24 + (640 * 360 * 4) + 1_237, "Path", 0, "Transport")]
    public void InvalidValue_NamesTheElement(int at, string segment, long offset, string type)
    {
        BufferStreamException e = Fails(Captured(), bytes => bytes[HeaderLength + at] = 99);
        Assert.Equal((segment, offset), (e.Segment, e.ByteOffset));
        Assert.Contains($"no valid {type}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AfterAnInvalidValue_TheNextBufferArrives()
    {
        byte[] bytes = [.. Captured(), .. Captured()];
        bytes[HeaderLength + 16] = 99;
        using SpliceReader reader = Replay(bytes);
        Assert.Throws<BufferStreamException>(() => Picture.Receive(reader));
        using Picture picture = Picture.Receive(reader);
        Assert.True(picture.Shows(1));
    }

    [Fact]
    public void BytesThatForwardingLeftOver_ComeFirst()
    {
        using SpliceReader reader = Replay(Captured());
        while (!reader.Receiver.Steps.HasReadAhead)
        {
            reader.Receiver.Steps.TryFillReadAhead(100_000, out _);
        }

        using Picture picture = Picture.Receive(reader);
        Assert.True(picture.Shows(1));
        Assert.Equal(PictureLength, reader.BytesRead);
    }

    [Fact]
    public void UnframedWhereALengthVaries_NewBufferIsRefused()
    {
        using SpliceReader reader = Replay([], framed: false);
        Assert.Contains("nobody tells it", Assert.Throws<InvalidOperationException>(() => Picture.Receive(reader)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unframed_EndBeforeABufferIsTheEnd()
    {
        using SpliceReader reader = Replay(StreamPattern.Take(0, VideoFrame.Size + 5), framed: false);
        VideoFrame.Receive(reader).Dispose();
        BufferStreamException e = Assert.Throws<BufferStreamException>(() => VideoFrame.TryReceive(reader));
        Assert.Equal(("Luma", 5), (e.Segment, (int)e.ByteOffset));
        Assert.Null(VideoFrame.TryReceive(reader));
    }

    private static byte[] EndMark { get; } = [.. "VmSplEnd"u8, 1, .. new byte[55]];

    private static BufferStreamException Fails(byte[] bytes, Action<byte[]>? damage = null)
    {
        damage?.Invoke(bytes);
        using SpliceReader reader = Replay(bytes);
        return Assert.Throws<BufferStreamException>(() => Picture.TryReceive(reader));
    }

    /// <summary>The bytes of one picture as they travel.</summary>
    private static byte[] Captured()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        Background sender = Background.Run(() =>
        {
            using SpliceWriter writer = pipe.OpenWriter();
            Picture picture = Picture.Rent(writer);
            picture.Draw(1);
            writer.Send(picture);
        });
        byte[] bytes = new byte[PictureLength];
        reader.ReadExactly(bytes);
        Assert.Equal(0, reader.Read(new byte[1]));
        sender.Join();
        return bytes;
    }

    private static SpliceReader Replay(byte[] bytes, bool framed = true)
    {
        SplicePipe pipe = SplicePipe.Create();
        _ = Background.Run(() =>
        {
            using SpliceWriter writer = pipe.OpenWriter();
            try
            {
                writer.Write(bytes);
            }
            catch (BrokenPipeException)
            {
                // The test has seen enough.
            }
        });
        return pipe.OpenReader(new SpliceReaderOptions { Framed = framed });
    }
}
