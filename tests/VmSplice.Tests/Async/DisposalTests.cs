namespace VmSplice.Tests.Async;

/// <summary>Disposal ends what waits; the other end sees an ordinary end.</summary>
[Trait("Category", "Transport")]
public class DisposalTests
{
    [Fact]
    public async Task Writer_DisposedWhileASendWaitsForThePipe_SendEnds()
    {
        using var pipe = new WaitingSend();
        pipe.Fill();
        ValueTask send = pipe.Writer.SendAsync(pipe.Filled(100_000, 0));
        pipe.Writer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => send.InTime());
        pipe.AssertArrives(0, WaitingSend.Capacity);
        Assert.Equal(0, pipe.Reader.Read(new byte[1]));
    }

    [Fact]
    public async Task Writer_DisposedWhileSendsWaitForTheirTurn_AllEnd()
    {
        using var pipe = new WaitingSend();
        pipe.Fill();
        Task[] sends = [.. Enumerable.Range(0, 20).Select(_ => pipe.Writer.SendAsync(pipe.Filled(100_000, 0)).InTime())];
        pipe.Writer.Dispose();
        foreach (Task send in sends)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => send);
        }

        pipe.AssertArrives(0, WaitingSend.Capacity);
        Assert.Equal(0, pipe.Reader.Read(new byte[1]));
    }

    [Fact]
    public async Task Writer_DisposedAfterAPartWasAccepted_SaysHowMuch()
    {
        using var pipe = new WaitingSend();
        ValueTask send = pipe.Writer.SendAsync(pipe.Filled(WaitingSend.Length, 0));
        pipe.Writer.Dispose();
        ObjectDisposedException error = await Assert.ThrowsAsync<ObjectDisposedException>(() => send.InTime());
        IncompleteSendException incomplete = Assert.IsType<IncompleteSendException>(error.InnerException);
        pipe.AssertArrives(0, (int)incomplete.BytesAccepted);
        Assert.Equal(0, pipe.Reader.Read(new byte[1]));
    }

    [Fact]
    public void Writer_DisposedWhileAThreadSends_SendEndsAndSaysHowMuch()
    {
        using var pipe = new WaitingSend();
        ObjectDisposedException? error = null;
        Background sender = Background.Run(() =>
        {
            PageBuffer<byte> buffer = pipe.Filled(WaitingSend.Length, 0);
            error = Assert.Throws<ObjectDisposedException>(() => pipe.Writer.Send(buffer));
        });
        sender.UntilItWaits();
        pipe.Writer.Dispose();
        sender.Join();
        IncompleteSendException incomplete = Assert.IsType<IncompleteSendException>(error?.InnerException);
        pipe.AssertArrives(0, (int)incomplete.BytesAccepted);
        Assert.Equal(0, pipe.Reader.Read(new byte[1]));
    }

    [Fact]
    public async Task Reader_DisposedWhileAReadWaits_ReadEnds()
    {
        using var pipe = new WaitingSend();
        ValueTask<int> read = pipe.Reader.ReadAsync(new byte[10]);
        pipe.Reader.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => read.InTime());
        ReadEnds.AwaitClosed(pipe.Writer.Handle);
        Assert.Throws<BrokenPipeException>(() => pipe.Writer.Write(new byte[1]));
    }

    [Fact]
    public async Task AfterDisposal_NothingStarts()
    {
        using var pipe = new WaitingSend();
        PageBuffer<byte> buffer = pipe.Filled(10, 0);
        pipe.Writer.Dispose();
        pipe.Reader.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pipe.Writer.SendAsync(buffer));
        Assert.Equal(PageBufferState.Sent, buffer.State);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pipe.Writer.WriteAsync(new byte[1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pipe.Reader.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task BothEndsOfThePipeClosedUnderneath_WaitsEnd()
    {
        SplicePipe idle = SplicePipe.Create();
        using SpliceReader reader = idle.OpenReader();
        ValueTask<int> read = reader.ReadAsync(new byte[10]);
        idle.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => read.InTime());
    }

    [Fact]
    public async Task RecordReader_DisposedWhileABatchIsWaitedFor_BatchEnds()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader end = pipe.OpenReader();
        var reader = new RecordReader<Tick>(end, new RecordReaderOptions { LeaveOpen = true });
        ValueTask<ReadOnlyMemory<Tick>> batch = reader.ReadBatchAsync();
        reader.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batch.InTime());

        // The end was left open, and is of use still.
        RawCall.Write(pipe.WriteHandle, [1, 2, 3]);
        Assert.Equal(3, await end.ReadAsync(new byte[10]).InTime());
    }
}
