using CsCheck;

namespace VmSplice.Tests.Async;

/// <summary>Many segments sent without a thread: in one piece, untouched or incomplete where cancelled, and their pages go where they must.</summary>
[Trait("Category", "Transport")]
public class GatheredAsyncTests
{
    private readonly record struct Attempt(int[] Lengths, int CancelAfter, int ReadLength, PipeReaderKind Kind);

    private static readonly Gen<Attempt> Attempts = Gen.Select(
        Gen.OneOf(Gen.Int[0, 3].Array[1, 2_000], Gen.Int[0, 20_000].Array[1, 40], Gen.Int[2_000, 5_000].Array[100, 200]),
        Gen.Int[0, 30],
        Gen.Int[500, 20_000],
        Gen.Enum<PipeReaderKind>(),
        (lengths, cancelAfter, readLength, kind) => new Attempt(lengths, cancelAfter, readLength, kind));

    [Fact]
    public Task CancelledAtARandomPoint_WhatThePipeAcceptedArrivesAndNothingElse()
        => Attempts.SampleAsync(attempt => CancelAsync(attempt).InTime(), iter: ThisKernel.Rounds(200), threads: 1);

    [Fact]
    public async Task Buffer_IsConsumedByTheCall()
    {
        using var pipe = new WaitingSend();
        VideoFrame frame = Drawn(pipe.Writer, 1);
        ValueTask send = pipe.Writer.SendAsync(frame);
        Assert.Equal(PageBufferState.Sent, frame.State);
        Assert.False(send.IsCompleted);
        using VideoFrame arrived = VideoFrame.Receive(pipe.Reader);
        await send.InTime();
        Assert.True(arrived.Shows(1));
    }

    [Fact]
    public async Task BufferHandedOverBefore_ThrowsAndTheNextGoes()
    {
        using var pipe = new WaitingSend();
        VideoFrame frame = Drawn(pipe.Writer, 1);
        frame.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _ = pipe.Writer.SendAsync(frame); });
        ValueTask send = pipe.Writer.SendAsync(Drawn(pipe.Writer, 2));
        using VideoFrame arrived = await pipe.Reader.ReceiveAsync<VideoFrame>().InTime();
        await send.InTime();
        Assert.True(arrived.Shows(2));
    }

    [Fact]
    public async Task Gather_IsFilledAgainWhileItsSendWaits()
    {
        using var pipe = new WaitingSend();
        using SpliceGather gather = pipe.Writer.CreateGather();
        gather.Add(pipe.Filled(100_000, 0));
        gather.Add(pipe.Filled(3, 100_000));
        ValueTask first = gather.SendAsync();
        Assert.Equal(0, gather.Count);
        gather.Add(pipe.Filled(70_000, 100_003));
        ValueTask second = gather.SendAsync();
        ValueTask third = pipe.Writer.SendAllAsync([pipe.Filled(10, 170_003), pipe.Filled(90_000, 170_013)]);
        pipe.AssertArrives(0, 260_013);
        await Task.WhenAll(first.InTime(), second.InTime(), third.InTime());
    }

    [Fact]
    public async Task Fifo_GatherIsWrittenAsOnAPipe()
    {
        using TemporaryFifo fifo = new();
        Task<SpliceReader> opening = Task.Run(() => SpliceReader.OpenFifo(fifo.Path));
        using SpliceWriter writer = SpliceWriter.OpenFifo(fifo.Path);
        using SpliceReader reader = await opening.InTime();
        ValueTask<VideoFrame> receive = reader.ReceiveAsync<VideoFrame>();
        ValueTask send = writer.SendAsync(Drawn(writer, 4));
        using VideoFrame arrived = await receive.InTime();
        await send.InTime();
        Assert.True(arrived.Shows(4));
    }

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public async Task CancelledBeforeAnythingWasAccepted_ThePipeIsUntouchedAndTheWriterGoesOn(PipeReaderKind kind)
    {
        using var pipe = new WaitingSend(kind);
        pipe.Fill();
        using CancellationTokenSource source = new();
        ValueTask send = pipe.Writer.SendAsync(Drawn(pipe.Writer, 1), cancellationToken: source.Token);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        Assert.Null(canceled.InnerException);
        ValueTask next = pipe.Writer.GiftAsync(Drawn(pipe.Writer, 2));
        pipe.AssertArrives(0, WaitingSend.Capacity);
        using VideoFrame arrived = await pipe.Reader.ReceiveAsync<VideoFrame>().InTime();
        await next.InTime();
        Assert.True(arrived.Shows(2));
    }

    [Fact]
    public async Task CancelledBeforeAnythingWasAccepted_ItsPagesAreReused()
    {
        using var pipe = new WaitingSend(PipeReaderKind.Copying);
        pipe.Fill();
        PageBuffer<byte> buffer = pipe.Filled(100_000, 0);
        nint address = buffer.Address;
        using CancellationTokenSource source = new();
        ValueTask send = pipe.Writer.SendAllAsync([buffer], source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        using PageBuffer<byte> next = pipe.Writer.Rent<byte>(100_000);
        Assert.Equal(address, next.Address);
    }

    [Fact]
    public async Task CancelledAfterAPartWasAccepted_PagesInFlightAreNotReused()
    {
        using var pipe = new WaitingSend(PipeReaderKind.Copying);
        using CancellationTokenSource source = new();
        ValueTask send = pipe.Writer.SendAllAsync([pipe.Filled(50_000, 0), pipe.Filled(WaitingSend.Length, 50_000)], source.Token);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        IncompleteSendException incomplete = Assert.IsType<IncompleteSendException>(canceled.InnerException);
        Assert.Equal((pipe.Writer.BytesAccepted, 50_000 + WaitingSend.Length), (incomplete.BytesAccepted, incomplete.BytesOfSend));
        for (int i = 0; i < 10; i++)
        {
            using PageBuffer<byte> small = pipe.Writer.Rent<byte>(50_000);
            using PageBuffer<byte> large = pipe.Writer.Rent<byte>(WaitingSend.Length);
            small.Span.Fill(0xEE);
            large.Span.Fill(0xEE);
        }

        pipe.AssertArrives(0, (int)pipe.Writer.BytesAccepted);
    }

    [Fact]
    public async Task WriterDisposedWhileAGatherWaits_SendEndsAndFrozenPagesAreLetGo()
    {
        using var pipe = new WaitingSend();
        pipe.Fill();
        FrozenPages<byte> frozen = pipe.Filled(100, 0).Freeze();
        using SpliceGather gather = pipe.Writer.CreateGather();
        gather.Add(frozen);
        gather.Add(pipe.Filled(100_000, 100));
        ValueTask send = gather.SendAsync();
        pipe.Writer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => send.InTime());
        frozen.Dispose();
        Assert.Throws<ObjectDisposedException>(() => frozen.Span.Length);
        pipe.AssertArrives(0, WaitingSend.Capacity);
        Assert.Equal(0, pipe.Reader.Read(new byte[1]));
    }

    private static async Task CancelAsync(Attempt attempt)
    {
        using var pipe = new WaitingSend(attempt.Kind);
        using CancellationTokenSource source = new();
        ValueTask send = StartSend(pipe, attempt.Lengths, source.Token);
        Task sending = send.AsTask();
        Task<long> reading = ReadAsync(pipe, attempt, source);
        try
        {
            await sending;
            Assert.Equal(attempt.Lengths.Sum(), pipe.Writer.BytesAccepted);
        }
        catch (OperationCanceledException e)
        {
            Assert.Equal((e.InnerException as IncompleteSendException)?.BytesAccepted ?? 0, pipe.Writer.BytesAccepted);
        }

        long accepted = pipe.Writer.BytesAccepted;
        pipe.Writer.Dispose();
        Assert.Equal(accepted, await reading);
    }

    private static ValueTask StartSend(WaitingSend pipe, int[] lengths, CancellationToken cancellation)
    {
        var buffers = new PageBuffer<byte>[lengths.Length];
        long position = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            buffers[i] = pipe.Filled(lengths[i], position);
            position += lengths[i];
        }

        return pipe.Writer.SendAllAsync<byte>(buffers, cancellation);
    }

    private static async Task<long> ReadAsync(WaitingSend pipe, Attempt attempt, CancellationTokenSource source)
    {
        byte[] arrived = new byte[attempt.ReadLength];
        int read;
        for (int reads = 0; (read = await pipe.Reader.ReadAsync(arrived)) != 0; reads++)
        {
            Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, read), pipe.Reader.BytesRead - read));
            if (reads == attempt.CancelAfter)
            {
                await source.CancelAsync();
            }
        }

        return pipe.Reader.BytesRead;
    }

    private static VideoFrame Drawn(SpliceWriter writer, int number)
    {
        VideoFrame frame = VideoFrame.Rent(writer);
        frame.Draw(number);
        return frame;
    }
}
