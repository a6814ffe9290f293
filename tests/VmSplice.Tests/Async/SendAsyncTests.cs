using VmSplice.Interop;

namespace VmSplice.Tests.Async;

/// <summary>Sends that wait without a thread: everything arrives, in order, and the descriptor is as it was.</summary>
[Trait("Category", "Transport")]
public class SendAsyncTests
{
    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task LargerThanThePipe_ArrivesWhole(PipeReaderKind kind)
    {
        using var pipe = new WaitingSend(kind);
        ValueTask send = pipe.Writer.SendAsync(pipe.Filled(WaitingSend.Length, 0));
        Assert.False(send.IsCompleted);
        pipe.AssertArrives(0, WaitingSend.Length);
        await send.InTime();
    }

    [Fact]
    public void WhatFits_IsSentBeforeTheCallReturns()
    {
        using var pipe = new WaitingSend();
        Assert.True(pipe.Writer.SendAsync(pipe.Filled(1_000, 0)).IsCompletedSuccessfully);
        Assert.Equal(1_000, pipe.Writer.BytesUnread);
    }

    [Fact]
    public async Task PartOfABuffer_IsSent()
    {
        using var pipe = new WaitingSend();
        await pipe.Writer.SendAsync(pipe.Filled(50_000, 0), 40_000).InTime();
        Assert.Equal(40_000, pipe.Writer.BytesUnread);
        pipe.AssertArrives(0, 40_000);
    }

    [Fact]
    public async Task Gift_LargerThanThePipe_ArrivesWhole()
    {
        using var pipe = new WaitingSend();
        int length = 40 * Pages.Size;
        ValueTask gift = pipe.Writer.GiftAsync(pipe.Filled(length, 0));
        pipe.AssertArrives(0, length);
        await gift.InTime();
    }

    [Fact]
    public void Gift_ThatDoesNotFillPages_IsRefusedAndStaysOwned()
    {
        using var pipe = new WaitingSend();
        PageBuffer<byte> buffer = pipe.Filled(Pages.Size + 1, 0);
        Assert.Throws<ArgumentException>(() => { _ = pipe.Writer.GiftAsync(buffer); });
        Assert.Equal(PageBufferState.Owned, buffer.State);
        buffer.Dispose();
    }

    [Fact]
    public async Task FrozenPages_DisposedWhileTheirSendWaits_ArriveWhole()
    {
        using var pipe = new WaitingSend();
        FrozenPages<byte> pages = pipe.Filled(WaitingSend.Length, 0).Freeze();
        ValueTask send = pipe.Writer.SendAsync(pages);
        pages.Dispose();

        // Whoever rents next would get their pages, had they been given up.
        PageBuffer<byte> next = pipe.Writer.Rent<byte>(WaitingSend.Length);
        next.Span.Fill(0xEE);
        pipe.AssertArrives(0, WaitingSend.Length);
        await send.InTime();
        next.Dispose();
    }

    [Fact]
    public async Task Write_OfCallersMemory_ArrivesWhole()
    {
        using var pipe = new WaitingSend();
        ValueTask write = pipe.Writer.WriteAsync(StreamPattern.Take(0, WaitingSend.Length));
        GC.Collect();
        pipe.AssertArrives(0, WaitingSend.Length);
        await write.InTime();
    }

    [Fact]
    public async Task Write_OfValues_ArrivesAsTheyLieInMemory()
    {
        using var pipe = new WaitingSend();
        long[] values = [.. Enumerable.Range(0, 100_000).Select(i => (long)i * i)];
        ValueTask write = pipe.Writer.WriteAsync<long>(values);
        byte[] arrived = new byte[values.Length * sizeof(long)];
        pipe.Reader.ReadExactly(arrived);
        await write.InTime();
        Assert.Equal(System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(values).ToArray(), arrived);
    }

    [Fact]
    public async Task Buffer_IsConsumedByTheCallItself()
    {
        using var pipe = new WaitingSend();
        pipe.Fill();
        PageBuffer<byte> buffer = pipe.Filled(100_000, 0);
        ValueTask send = pipe.Writer.SendAsync(buffer);
        Assert.Equal(PageBufferState.Sent, buffer.State);
        pipe.AssertArrives(0, WaitingSend.Capacity);
        pipe.AssertArrives(0, 100_000);
        await send.InTime();
    }

    [Fact]
    public void SecondSendOfABuffer_Throws()
    {
        using var pipe = new WaitingSend();
        PageBuffer<byte> buffer = pipe.Filled(10, 0);
        Assert.True(pipe.Writer.SendAsync(buffer).IsCompletedSuccessfully);
        Assert.Throws<ObjectDisposedException>(() => { _ = pipe.Writer.SendAsync(buffer); });
    }

    [Fact]
    public async Task ReaderThatLeavesWhileASendWaits_IsABrokenPipe()
    {
        using var pipe = new WaitingSend();
        ValueTask send = pipe.Writer.WriteAsync(StreamPattern.Take(0, WaitingSend.Length));
        byte[] some = new byte[5_000];
        pipe.Reader.ReadExactly(some);
        pipe.Reader.Dispose();
        BrokenPipeException broken = await Assert.ThrowsAsync<BrokenPipeException>(() => send.InTime());
        Assert.Equal(pipe.Writer.BytesAccepted, broken.BytesAccepted);
        Assert.InRange(broken.BytesAccepted, WaitingSend.Capacity, WaitingSend.Length - 1);
    }

    [Fact]
    public async Task ReaderGoneBefore_TaskFailsWithABrokenPipe()
    {
        using var pipe = new WaitingSend();
        pipe.Reader.Dispose();
        ReadEnds.AwaitClosed(pipe.Writer.Handle);
        await Assert.ThrowsAsync<BrokenPipeException>(() => pipe.Writer.SendAsync(pipe.Filled(100_000, 0)).InTime());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FlagsOfTheDescriptors_StayAsTheyWere(bool nonBlocking)
    {
        using var pipe = new WaitingSend();
        if (nonBlocking)
        {
            RawCall.SetNonBlocking(pipe.Pipe.WriteHandle);
            RawCall.SetNonBlocking(pipe.Pipe.ReadHandle);
        }

        int writeFlags = RawCall.StatusFlags(pipe.Writer.Handle);
        int readFlags = RawCall.StatusFlags(pipe.Reader.Handle);
        byte[] arrived = new byte[2 * WaitingSend.Length];
        ValueTask read = pipe.Reader.ReadExactlyAsync(arrived);
        ValueTask send = pipe.Writer.SendAsync(pipe.Filled(WaitingSend.Length, 0));
        ValueTask write = pipe.Writer.WriteAsync(StreamPattern.Take(WaitingSend.Length, WaitingSend.Length));
        Assert.Equal(writeFlags, RawCall.StatusFlags(pipe.Writer.Handle));
        Assert.Equal(readFlags, RawCall.StatusFlags(pipe.Reader.Handle));
        await Task.WhenAll(read.InTime(), send.InTime(), write.InTime());
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(writeFlags, RawCall.StatusFlags(pipe.Writer.Handle));
        Assert.Equal(readFlags, RawCall.StatusFlags(pipe.Reader.Handle));
    }

    [SkippableFact]
    public void KernelThatRefusesTheFlagForOneCall_SameBytesAreWritten()
    {
        ThisKernel.NeedsSharing();
        Injected.Errno(
            Errno.EINVAL,
            () =>
            {
                using var pipe = new WaitingSend();
                Assert.True(pipe.Writer.SendAsync(pipe.Filled(WaitingSend.Capacity, 0)).IsCompletedSuccessfully);
                pipe.AssertArrives(0, WaitingSend.Capacity);
            },
            SpliceFlags.NonBlocking);
    }

    [Fact]
    public async Task FileInPlaceOfAPipe_IsWrittenTo()
    {
        string path = Path.GetTempFileName();
        try
        {
            await Task.Run(() => Child.Run(Child.Shell($"{Child.HelperCommand("write-stdout-async 300000")} > '{path}'"))).InTime();
            Assert.Equal(-1, StreamPattern.Mismatch(await File.ReadAllBytesAsync(path), 0));
            Assert.Equal(300_000, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
