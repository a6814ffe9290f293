namespace VmSplice.Tests.Async;

/// <summary>Buffers received without a thread that waits.</summary>
[Trait("Category", "Transport")]
public class ReceiveAsyncTests
{
    [Fact]
    public async Task Receive_WaitsForABufferThatComesInPieces()
    {
        using var pipe = new WaitingSend();
        byte[] bytes = Bytes(3);
        ValueTask<VideoFrame> receive = pipe.Reader.ReceiveAsync<VideoFrame>();
        for (int at = 0; at < bytes.Length; at += 10_007)
        {
            await pipe.Writer.WriteAsync(bytes.AsMemory(at, Math.Min(10_007, bytes.Length - at))).InTime();
        }

        using VideoFrame arrived = await receive.InTime();
        Assert.True(arrived.Shows(3));
    }

    [Fact]
    public async Task StreamEndsBeforeABuffer_IsNoBuffer()
    {
        using var pipe = new WaitingSend();
        ValueTask<VideoFrame?> receive = pipe.Reader.TryReceiveAsync<VideoFrame>();
        pipe.Writer.CompleteBuffers();
        pipe.Writer.Dispose();
        Assert.Null(await receive.InTime());
        await Assert.ThrowsAsync<EndOfStreamException>(() => pipe.Reader.ReceiveAsync<VideoFrame>().InTime());
    }

    [Fact]
    public async Task StreamEndsInsideABuffer_SaysWhere()
    {
        using var pipe = new WaitingSend();
        ValueTask<VideoFrame> receive = pipe.Reader.ReceiveAsync<VideoFrame>();
        pipe.Writer.Write(Bytes(1).AsSpan(0, 64 + 1_000));
        pipe.Writer.Dispose();
        BufferStreamException cut = await Assert.ThrowsAsync<BufferStreamException>(() => receive.InTime());
        Assert.Equal(("Luma", 1_000), (cut.Segment, cut.ByteOffset));
    }

    [Fact]
    public async Task CancelledBeforeAnythingWasRead_TheBufferIsReceivedByTheNext()
    {
        using var pipe = new WaitingSend();
        using VideoFrame frame = VideoFrame.Allocate();
        using CancellationTokenSource source = new();
        ValueTask receive = pipe.Reader.ReceiveIntoAsync(frame, cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive.InTime());
        ValueTask send = pipe.Writer.WriteAsync(Bytes(5));
        await pipe.Reader.ReceiveIntoAsync(frame).InTime();
        await send.InTime();
        Assert.True(frame.Shows(5));
    }

    [Fact]
    public async Task CancelledAfterAPart_BytesReadCountsIt()
    {
        using var pipe = new WaitingSend();
        using VideoFrame frame = VideoFrame.Allocate();
        using CancellationTokenSource source = new();
        pipe.Writer.Write(Bytes(5).AsSpan(0, 1_000));
        ValueTask<bool> receive = pipe.Reader.TryReceiveIntoAsync(frame, cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive.InTime());
        Assert.Equal(1_000, pipe.Reader.BytesRead);
    }

    [Fact]
    public async Task TokenCancelledBefore_NothingIsRead()
    {
        using var pipe = new WaitingSend();
        pipe.Writer.Write(Bytes(1).AsSpan(0, 100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => pipe.Reader.ReceiveAsync<VideoFrame>(cancellationToken: new CancellationToken(canceled: true)).InTime());
        Assert.Equal(0, pipe.Reader.BytesRead);
    }

    [Fact]
    public async Task ReaderDisposedWhileItWaits_ReceiveEnds()
    {
        using var pipe = new WaitingSend();
        ValueTask<VideoFrame> receive = pipe.Reader.ReceiveAsync<VideoFrame>();
        pipe.Reader.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receive.InTime());
    }

    [Fact]
    public async Task SecondReadWhileItWaits_IsRefused()
    {
        using var pipe = new WaitingSend();
        ValueTask<VideoFrame?> receive = pipe.Reader.TryReceiveAsync<VideoFrame>();
        Assert.Throws<InvalidOperationException>(() => { _ = pipe.Reader.ReadAsync(new byte[1]); });
        await Assert.ThrowsAsync<InvalidOperationException>(() => pipe.Reader.ReceiveAsync<VideoFrame>().InTime());
        pipe.Writer.CompleteBuffers();
        Assert.Null(await receive.InTime());
    }

    [Fact]
    public async Task BufferDisposedWhileItWaits_ReceiveEnds()
    {
        using var pipe = new WaitingSend();
        VideoFrame frame = VideoFrame.Allocate();
        ValueTask receive = pipe.Reader.ReceiveIntoAsync(frame);
        frame.Dispose();
        pipe.Writer.Write(Bytes(1).AsSpan(0, 100));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receive.InTime());
    }

    /// <summary>A frame as it travels.</summary>
    private static byte[] Bytes(int number)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        VideoFrame frame = VideoFrame.Rent(writer);
        frame.Draw(number);
        writer.Send(frame);
        byte[] bytes = new byte[64 + VideoFrame.Size];
        reader.ReadExactly(bytes);
        return bytes;
    }
}
