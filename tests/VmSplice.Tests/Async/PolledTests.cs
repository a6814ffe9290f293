using VmSplice.Interop;

namespace VmSplice.Tests.Async;

/// <summary>
/// The last resort: RWF_NOWAIT is refused, as for every FIFO, and opening once more too (EACCES, injected). Then poll(2) is
/// asked first, and no more is written than a pipe with room is sure to take.
/// </summary>
[Trait("Category", "Transport")]
public sealed class PolledTests : IDisposable
{
    private const int Capacity = 16_384;
    private readonly TemporaryFifo _fifo = new();
    private readonly SpliceWriter _writer;
    private readonly SpliceReader _reader;

    public PolledTests()
    {
        Task<SpliceReader> opening = Task.Run(() => SpliceReader.OpenFifo(_fifo.Path, PipeSetup.KeepReaderCapacity));
        _writer = SpliceWriter.OpenFifo(_fifo.Path, PipeSetup.KeepWriterCapacity());
        _reader = opening.GetAwaiter().GetResult();
        Assert.InRange(Fcntl.fcntl(_writer.Handle, Fcntl.F_SETPIPE_SZ, Capacity), Capacity, 65_536);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        _fifo.Dispose();
    }

    [Fact]
    public async Task Gather_LargerThanThePipe_WaitsAndArrivesWhole()
    {
        using SpliceGather gather = _writer.CreateGather();
        int length = Fill(gather);
        ValueTask send = Polled(() => gather.SendAsync());
        Assert.False(send.IsCompleted);
        await AssertArrivesAsync(length);
        await send.InTime();
    }

    [Fact]
    public async Task Gather_CancelledHalfWay_IsTornAndNothingFollows()
    {
        using SpliceGather gather = _writer.CreateGather();
        int length = Fill(gather);
        using CancellationTokenSource source = new();
        ValueTask send = Polled(() => gather.SendAsync(source.Token));
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.InTime());
        IncompleteSendException incomplete = Assert.IsType<IncompleteSendException>(canceled.InnerException);
        Assert.Equal((_writer.BytesAccepted, length), (incomplete.BytesAccepted, incomplete.BytesOfSend));
        Assert.InRange(incomplete.BytesAccepted, 1, 65_536);
        await AssertArrivesAsync((int)incomplete.BytesAccepted);
        _writer.Dispose();
        Assert.Equal(0, await _reader.ReadAsync(new byte[1]).InTime());
    }

    [Fact]
    public async Task Buffer_ReceivedWhileItsSenderWaitsForRoom_ArrivesWhole()
    {
        using VideoFrame arrived = VideoFrame.Allocate();
        ValueTask receive = Polled(() => _reader.ReceiveIntoAsync(arrived));
        VideoFrame frame = VideoFrame.Rent(_writer);
        frame.Draw(7);
        ValueTask send = Polled(() => _writer.SendAsync(frame));
        await Task.WhenAll(receive.InTime(), send.InTime());
        Assert.True(arrived.Shows(7));
    }

    [Fact]
    public async Task SeveralGathers_WaitInTurn()
    {
        using SpliceGather gather = _writer.CreateGather();
        int length = 0;
        List<ValueTask> sends = [];
        for (int i = 0; i < 4; i++)
        {
            length += Fill(gather, length);
            sends.Add(Polled(() => gather.SendAsync()));
        }

        await AssertArrivesAsync(length);
        foreach (ValueTask send in sends)
        {
            await send.InTime();
        }
    }

    /// <summary>Pages that are mostly empty, which are written, and among them a segment longer than the pipe.</summary>
    private int Fill(SpliceGather gather, int position = 0)
    {
        int start = position;
        for (int i = 0; i < 200; i++)
        {
            int length = i == 100 ? 3 * Capacity : i % 3 == 0 ? 0 : 37 * (i % 30);
            PageBuffer<byte> buffer = _writer.Rent<byte>(length);
            StreamPattern.Fill(buffer.Span, position);
            gather.Add(buffer);
            position += length;
        }

        return position - start;
    }

    /// <summary>Starts something on a thread where the pipe cannot be opened again; what waits goes on elsewhere.</summary>
    private ValueTask Polled(Func<ValueTask> start)
    {
        ValueTask started = default;
        Injected.ReopeningErrno(Errno.EACCES, () => started = start());

        // Of this process are the two ends, and no description of the library's own.
        Assert.Equal(2, OpenFiles.CountOf(_fifo.Path));
        return started;
    }

    private async Task AssertArrivesAsync(int length)
    {
        byte[] arrived = new byte[5_000];
        for (int position = 0; position < length;)
        {
            int read = await _reader.ReadAsync(arrived).InTime();
            Assert.NotEqual(0, read);
            Assert.Equal(-1, StreamPattern.Mismatch(arrived.AsSpan(0, read), position));
            position += read;
        }
    }
}
