using VmSplice.Interop;

namespace VmSplice.Tests.Async;

/// <summary>A FIFO takes no RWF_NOWAIT (EOPNOTSUPP), as no pipe of an older kernel does: it is opened once more.</summary>
[Trait("Category", "Transport")]
public class FallbackTests
{
    [Fact]
    public async Task Fifo_SendsAndReadsWaitAsOnAPipe()
    {
        using TemporaryFifo fifo = new();
        Task<SpliceReader> opening = Task.Run(() => SpliceReader.OpenFifo(fifo.Path));
        using SpliceWriter writer = SpliceWriter.OpenFifo(fifo.Path);
        using SpliceReader reader = await opening.InTime();
        int length = writer.Capacity + 100_003;
        byte[] arrived = new byte[length];
        ValueTask read = reader.ReadExactlyAsync(arrived);
        ValueTask write = writer.WriteAsync(StreamPattern.Take(0, length));
        await Task.WhenAll(read.InTime(), write.InTime());
        Assert.Equal(-1, StreamPattern.Mismatch(arrived, 0));
        Assert.Equal(0, RawCall.StatusFlags(writer.Handle) & Fcntl.O_NONBLOCK);
        Assert.Equal(0, RawCall.StatusFlags(reader.Handle) & Fcntl.O_NONBLOCK);
    }

    [Fact]
    public async Task Fifo_WriterDisposed_ReaderSeesTheEnd()
    {
        using TemporaryFifo fifo = new();
        Task<SpliceReader> opening = Task.Run(() => SpliceReader.OpenFifo(fifo.Path));
        SpliceWriter writer = SpliceWriter.OpenFifo(fifo.Path);
        using SpliceReader reader = await opening.InTime();
        await writer.WriteAsync(new byte[10]).InTime();
        Assert.Equal(10, await reader.ReadAsync(new byte[100]).InTime());
        ValueTask<int> end = reader.ReadAsync(new byte[100]);
        writer.Dispose();
        Assert.Equal(0, await end.InTime());
    }

    [Fact]
    public async Task Fifo_WhoseReaderIsGone_IsABrokenPipe()
    {
        using TemporaryFifo fifo = new();
        Task<SpliceReader> opening = Task.Run(() => SpliceReader.OpenFifo(fifo.Path));
        using SpliceWriter writer = SpliceWriter.OpenFifo(fifo.Path);
        (await opening.InTime()).Dispose();
        ReadEnds.AwaitClosed(writer.Handle);

        // It cannot be opened once more either (ENXIO): polled, and written to as it is.
        await Assert.ThrowsAsync<BrokenPipeException>(() => writer.WriteAsync(new byte[10]).InTime());
    }

    [Fact]
    public async Task TwoReadersOfOneDescriptor_BothWaitAndBothWake()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader first = SpliceReader.Open(pipe.ReadHandle, new SpliceReaderOptions { LeaveOpen = true });
        using SpliceReader second = SpliceReader.Open(pipe.ReadHandle, new SpliceReaderOptions { LeaveOpen = true });
        ValueTask<int> one = first.ReadAsync(new byte[1]);
        ValueTask<int> other = second.ReadAsync(new byte[1]);
        RawCall.Write(pipe.WriteHandle, [1, 2]);
        Assert.Equal(1, await one.InTime());
        Assert.Equal(1, await other.InTime());
    }
}
