namespace VmSplice.Tests.Async;

/// <summary>A cancelled send either never touched the pipe, or the writer says for ever what happened.</summary>
[Trait("Category", "Transport")]
public class CancellationTests
{
    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task BeforeAnythingWasAccepted_ThePipeIsUntouchedAndTheWriterGoesOn(PipeReaderKind kind)
    {
        using var pipe = new WaitingSend(kind);
        pipe.Fill();
        using CancellationTokenSource source = new();
        ValueTask send = pipe.Writer.SendAsync(pipe.Filled(100_000, 500), source.Token);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        Assert.Null(canceled.InnerException);
        ValueTask next = pipe.Writer.SendAsync(pipe.Filled(50_000, WaitingSend.Capacity));
        pipe.AssertArrives(0, WaitingSend.Capacity + 50_000);
        await next.InTime();
        Assert.Equal(WaitingSend.Capacity + 50_000, pipe.Writer.BytesAccepted);
    }

    [Fact]
    public async Task BeforeAnythingWasAccepted_ItsPagesAreReused()
    {
        using var pipe = new WaitingSend(PipeReaderKind.Copying);
        pipe.Fill();
        PageBuffer<byte> buffer = pipe.Filled(100_000, 0);
        nint address = buffer.Address;
        using CancellationTokenSource source = new();
        ValueTask send = pipe.Writer.SendAsync(buffer, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        using PageBuffer<byte> next = pipe.Writer.Rent<byte>(100_000);
        Assert.Equal(address, next.Address);
    }

    [Fact]
    public async Task TokenCancelledBefore_NothingIsSent()
    {
        using var pipe = new WaitingSend();
        PageBuffer<byte> buffer = pipe.Filled(100, 0);
        ValueTask send = pipe.Writer.SendAsync(buffer, new CancellationToken(canceled: true));
        Assert.True(send.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.AsTask());
        Assert.Equal(PageBufferState.Sent, buffer.State);
        Assert.Equal(0, pipe.Writer.BytesUnread);
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task AfterAPartWasAccepted_EveryLaterSendSaysWhichAndHowMuch(PipeReaderKind kind)
    {
        using var pipe = new WaitingSend(kind);
        await pipe.Writer.WriteAsync(new byte[100]);
        using CancellationTokenSource source = new();
        ValueTask send = pipe.Writer.SendAsync(pipe.Filled(WaitingSend.Length, 0), source.Token);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        IncompleteSendException incomplete = Assert.IsType<IncompleteSendException>(canceled.InnerException);
        Assert.Equal(1, incomplete.SendIndex);
        Assert.Equal(WaitingSend.Length, incomplete.BytesOfSend);
        Assert.Equal(pipe.Writer.BytesAccepted - 100, incomplete.BytesAccepted);
        Assert.InRange(incomplete.BytesAccepted, 1, WaitingSend.Capacity);

        IncompleteSendException later = Assert.Throws<IncompleteSendException>(() => pipe.Writer.Write(new byte[1]));
        Assert.Equal(incomplete.Message, later.Message);
        await Assert.ThrowsAsync<IncompleteSendException>(() => pipe.Writer.SendAsync(pipe.Filled(1, 0)).InTime());

        // What was accepted is not taken back, and nothing comes after it.
        byte[] arrived = new byte[100 + incomplete.BytesAccepted];
        pipe.Reader.ReadExactly(arrived);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(100), 0));
        pipe.Writer.Dispose();
        Assert.Equal(0, pipe.Reader.Read(arrived));
    }

    [Fact]
    public async Task AfterAPartWasAccepted_PagesInFlightAreNotReused()
    {
        using var pipe = new WaitingSend(PipeReaderKind.Copying);
        using CancellationTokenSource source = new();
        ValueTask send = pipe.Writer.SendAsync(pipe.Filled(WaitingSend.Length, 0), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        for (int i = 0; i < 10; i++)
        {
            using PageBuffer<byte> stranger = pipe.Writer.Rent<byte>(WaitingSend.Length);
            stranger.Span.Fill(0xEE);
        }

        pipe.AssertArrives(0, (int)pipe.Writer.BytesAccepted);
    }

    [Fact]
    public async Task WhileItWaitsForItsTurn_TheOthersAreNotConcerned()
    {
        using var pipe = new WaitingSend();
        ValueTask first = pipe.Writer.WriteAsync(StreamPattern.Take(0, WaitingSend.Length));
        using CancellationTokenSource source = new();
        ValueTask second = pipe.Writer.SendAsync(pipe.Filled(100, 7), source.Token);
        ValueTask third = pipe.Writer.WriteAsync(StreamPattern.Take(WaitingSend.Length, 1_000));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.InTime());
        pipe.AssertArrives(0, WaitingSend.Length + 1_000);
        await Task.WhenAll(first.InTime(), third.InTime());
    }

    [Fact]
    public async Task Read_Cancelled_NothingWasRead()
    {
        using var pipe = new WaitingSend();
        using CancellationTokenSource source = new();
        ValueTask<int> read = pipe.Reader.ReadAsync(new byte[10], source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.InTime());
        pipe.Writer.Write(StreamPattern.Take(0, 100));
        pipe.AssertArrives(0, 100);
    }

    [Fact]
    public async Task ReadExactly_CancelledAfterAPart_BytesReadCountsIt()
    {
        using var pipe = new WaitingSend();
        byte[] arrived = new byte[100];
        using CancellationTokenSource source = new();
        pipe.Writer.Write(StreamPattern.Take(0, 30));
        ValueTask read = pipe.Reader.ReadExactlyAsync(arrived, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.InTime());
        Assert.Equal(30, pipe.Reader.BytesRead);
        Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, 30), 0));
    }
}
