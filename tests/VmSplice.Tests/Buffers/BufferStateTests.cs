namespace VmSplice.Tests.Buffers;

/// <summary>Sending is a move: nothing of a buffer can be reached afterwards.</summary>
[Trait("Category", "Transport")]
public class BufferStateTests
{
    public static TheoryData<string> Accesses => ["Header", "Pixels", "Caption", "CaptionLength", "Send", "Gift", "ReceiveInto", "Gather"];

    [Theory]
    [MemberData(nameof(Accesses))]
    public void SentBuffer_AnyAccessThrows(string access)
    {
        using Ends ends = new();
        Picture picture = Picture.Rent(ends.Writer);
        ends.SendAndDrain(picture);
        Assert.Equal(PageBufferState.Sent, picture.State);
        ObjectDisposedException e = Assert.Throws<ObjectDisposedException>(() => ends.Access(picture, access));
        Assert.Contains("Picture was sent", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Accesses))]
    public void DisposedBuffer_AnyAccessThrows(string access)
    {
        using Ends ends = new();
        Picture picture = Picture.Allocate();
        picture.Dispose();
        picture.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ends.Access(picture, access));
    }

    [Fact]
    public void GiftedBuffer_SaysSo()
    {
        using Ends ends = new();
        VideoFrame frame = VideoFrame.Rent(ends.Writer);
        ends.Writer.Gift(frame);
        Assert.Equal(PageBufferState.Gifted, frame.State);
        Assert.Contains("was gifted", Assert.Throws<ObjectDisposedException>(() => frame.Luma.Clear()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65_537)]
    public void LengthBeyondTheSegment_IsRefused(int length)
    {
        using Picture picture = Picture.Allocate();
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => picture.CaptionLength = length);
        Assert.Contains("Picture.Caption holds 0 to 65536 elements", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NewBuffer_HasNoneOfWhatVaries()
    {
        using Picture picture = Picture.Allocate();
        Assert.Equal(0, picture.CaptionLength);
        Assert.True(picture.Caption.IsEmpty);
        picture.CaptionLength = 65_536;
        Assert.Equal(65_536, picture.Caption.Length);
    }

    [Fact]
    public void DisposedWriter_RentsNothingAndASendConsumes()
    {
        using Ends ends = new();
        Picture picture = Picture.Allocate();
        ends.Writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Picture.Rent(ends.Writer));
        Assert.Throws<ObjectDisposedException>(() => ends.Writer.Send(picture));
        Assert.Equal(PageBufferState.Sent, picture.State);
    }

    [Fact]
    public void ReaderThatLeft_BufferIsConsumedAllTheSame()
    {
        using Ends ends = new();
        ends.Reader.Dispose();
        ReadEnds.AwaitClosed(ends.Writer.Handle);
        Picture picture = Picture.Rent(ends.Writer);
        picture.Draw(1);
        Assert.Throws<BrokenPipeException>(() => ends.Writer.Send(picture));
        Assert.Equal(PageBufferState.Sent, picture.State);
    }

    [Fact]
    public void WrongElementType_IsRefused()
    {
        using VideoFrame frame = VideoFrame.Allocate();
        Assert.Throws<ArgumentException>(() => ((ISpliceableBuffer<VideoFrame>)frame).Pages.Elements<int>(0).Length);
    }

    [Fact]
    public void ReceivingIntoOneBuffer_AllocatesNothing()
    {
        using Ends ends = new();
        using VideoFrame into = VideoFrame.Allocate();
        const int WarmUp = 120;
        const int Rounds = 240;
        long allocated = 0;
        for (int i = 0; i < WarmUp + Rounds; i++)
        {
            VideoFrame frame = VideoFrame.Rent(ends.Writer);
            frame.Draw(i);
            ends.Writer.Send(frame);
            long start = GC.GetAllocatedBytesForCurrentThread();
            ends.Reader.ReceiveInto(into);
            allocated += i < WarmUp ? 0 : GC.GetAllocatedBytesForCurrentThread() - start;
        }

        Garbage.AssertNone(allocated, Rounds);
    }

    private sealed class Ends : IDisposable
    {
        private readonly SplicePipe _pipe = SplicePipe.Create();

        internal Ends()
        {
            Writer = _pipe.OpenWriter();
            Reader = _pipe.OpenReader();
        }

        internal SpliceWriter Writer { get; }

        internal SpliceReader Reader { get; }

        internal void SendAndDrain(Picture picture)
        {
            picture.Draw(1);
            Background sender = Background.Run(() => Writer.Send(picture));
            using Picture arrived = Picture.Receive(Reader);
            sender.Join();
        }

        internal void Access(Picture picture, string how)
        {
            switch (how)
            {
                case "Header":
                    picture.Header.Number = 1;
                    break;
                case "Pixels":
                    picture.Pixels.Clear();
                    break;
                case "Caption":
                    picture.Caption.Clear();
                    break;
                case "CaptionLength":
                    picture.CaptionLength = 5;
                    break;
                case "Send":
                    Writer.Send(picture);
                    break;
                case "Gift":
                    Writer.Gift(picture);
                    break;
                case "ReceiveInto":
                    Reader.ReceiveInto(picture);
                    break;
                default:
                    Writer.CreateGather().Add(picture);
                    break;
            }
        }

        public void Dispose()
        {
            Writer.Dispose();
            Reader.Dispose();
        }
    }
}
