namespace VmSplice.Tests.Buffers;

/// <summary>Without framing a pipe carries the segments alone, whichever way they are sent.</summary>
[Trait("Category", "Transport")]
public class UnframedBufferTests
{
    [Fact]
    public async Task EveryWayOfSending_SegmentsAlone()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Framed = false }))
        {
            writer.Send(Drawn(writer, 0));
            await writer.SendAsync(Drawn(writer, 1));
            writer.Gift(Drawn(writer, 2));
            await writer.GiftAsync(Drawn(writer, 3));
            using SpliceGather gather = writer.CreateGather();
            gather.Add(Drawn(writer, 4));
            gather.Send();
            Assert.Equal(5 * VideoFrame.Size, writer.BytesAccepted);

            writer.CompleteBuffers();
            await writer.CompleteBuffersAsync();
            Assert.Equal(5 * VideoFrame.Size, writer.BytesAccepted);
        }

        using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { Framed = false });
        for (int i = 0; i < 5; i++)
        {
            using VideoFrame frame = i % 2 == 0 ? VideoFrame.Receive(reader) : await reader.ReceiveAsync<VideoFrame>();
            Assert.True(frame.Shows(i));
        }

        Assert.Null(VideoFrame.TryReceive(reader));
    }

    [Fact]
    public void FramedReaderOfUnframedBuffers_IsToldWhatToChange()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Framed = false });
        writer.Send(Drawn(writer, 0));
        using SpliceReader reader = pipe.OpenReader();
        BufferStreamException e = Assert.Throws<BufferStreamException>(() => VideoFrame.Receive(reader));
        Assert.Equal(StreamFault.Foreign, e.Fault);
        Assert.Contains("Framed = false", e.Message, StringComparison.Ordinal);
    }

    private static VideoFrame Drawn(SpliceWriter writer, int number)
    {
        VideoFrame frame = VideoFrame.Rent(writer);
        frame.Draw(number);
        return frame;
    }
}
