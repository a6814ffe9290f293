using System.IO.Pipelines;
using VmSplice.Tests.Async;

namespace VmSplice.Tests.Contracts;

/// <summary>The contract of <see cref="PipeWriter"/>, and so of <c>IBufferWriter&lt;byte&gt;</c>.</summary>
[Trait("Category", "Transport")]
public sealed class PipeWriterContractTests : IDisposable
{
    private const int More = 8 << 20;

    private readonly WaitingSend _pipe = new();
    private readonly PipeWriter _writer;

    public PipeWriterContractTests() => _writer = _pipe.Writer.AsPipeWriter();

    public void Dispose() => _pipe.Dispose();

    [Fact]
    [Covers("SplicePipeWriter.GetMemory(Int32)", "SplicePipeWriter.GetSpan(Int32)", "SplicePipeWriter.IBufferWriter.GetMemory(Int32)",
        "SplicePipeWriter.IBufferWriter.GetSpan(Int32)")]
    public void Memory_IsNeverShorterThanAskedForAndNeverEmpty()
    {
        foreach (int hint in (int[])[0, 1, 1_000_000, More])
        {
            Assert.InRange(_writer.GetMemory(hint).Length, Math.Max(1, hint), int.MaxValue);
            Assert.InRange(_writer.GetSpan(hint).Length, Math.Max(1, hint), int.MaxValue);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.GetMemory(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.GetSpan(-1).Length);
        _writer.Complete();
        Assert.Throws<InvalidOperationException>(() => _writer.GetMemory());
        Assert.Throws<InvalidOperationException>(() => _writer.GetSpan().Length);
    }

    [Fact]
    [Covers("SplicePipeWriter.Advance(Int32)", "SplicePipeWriter.IBufferWriter.Advance(Int32)", "SplicePipeWriter.get_CanGetUnflushedBytes()",
        "SplicePipeWriter.get_UnflushedBytes()")]
    public async Task Advance_CountsWhatWasWrittenAndNoMoreThanThereIs()
    {
        Assert.True(_writer.CanGetUnflushedBytes);
        _writer.Advance(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(1));
        int length = _writer.GetMemory(10).Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(length + 1));
        _writer.Advance(10);
        Assert.Equal(10, _writer.UnflushedBytes);
        await _writer.FlushAsync();
        Assert.Equal(0, _writer.UnflushedBytes);
        Assert.Equal(10, _pipe.Reader.Read(new byte[20]));
    }

    [Fact]
    [Covers("SplicePipeWriter.FlushAsync(CancellationToken)")]
    public async Task Flush_OfACancelledToken_IsACancelledTaskWithThatToken()
    {
        Assert.True(_writer.FlushAsync(new CancellationToken(canceled: true)).AsTask().IsCanceled);
        Fill(More);
        using CancellationTokenSource source = new();
        Task<FlushResult> flush = _writer.FlushAsync(source.Token).AsTask();
        Assert.False(flush.IsCompleted);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.InTime());
        Assert.Equal(source.Token, canceled.CancellationToken);
        Assert.IsType<IncompleteSendException>(canceled.InnerException);
        await Assert.ThrowsAsync<IncompleteSendException>(() => _writer.FlushAsync().InTime());
    }

    [Fact]
    public async Task Flush_AfterTheReaderLeft_SaysItByTheResultWhereNothingIsLostAndThrowsElse()
    {
        _pipe.Reader.Dispose();
        ReadEnds.AwaitClosed(_pipe.Pipe.WriteHandle);
        FlushResult nothing = await _writer.FlushAsync().InTime();
        Assert.True(nothing.IsCompleted);
        Fill(10);
        await Assert.ThrowsAsync<BrokenPipeException>(() => _writer.FlushAsync().InTime());
    }

    [Fact]
    public async Task Flush_OfNothing_IsNeitherCancelledNorCompleted()
    {
        FlushResult result = await _writer.FlushAsync().InTime();
        Assert.False(result.IsCanceled || result.IsCompleted);
    }

    [Fact]
    public async Task Flush_AfterComplete_IsRefused()
    {
        await _writer.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _writer.FlushAsync().InTime());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _writer.WriteAsync(new byte[1]).InTime());
    }

    [Fact]
    [Covers("SplicePipeWriter.CancelPendingFlush()")]
    public async Task CancelPendingFlush_EndsTheFlushWithAResult()
    {
        Fill(More);
        Task<FlushResult> flush = _writer.FlushAsync().AsTask();
        Assert.False(flush.IsCompleted);
        _writer.CancelPendingFlush();
        FlushResult result = await flush.InTime();
        Assert.True(result.IsCanceled);
        Assert.False(result.IsCompleted);
        await Assert.ThrowsAsync<IncompleteSendException>(() => _writer.FlushAsync().InTime());
        await Assert.ThrowsAsync<IncompleteSendException>(() => _writer.CompleteAsync().InTime());
        Assert.True(_pipe.Writer.Handle.IsClosed);
    }

    [Fact]
    public async Task CancelPendingFlush_BeforeAnythingWasTaken_TheNextFlushSendsIt()
    {
        _pipe.Fill();
        Fill(10);
        Task<FlushResult> flush = _writer.FlushAsync().AsTask();
        _writer.CancelPendingFlush();
        Assert.True((await flush.InTime()).IsCanceled);
        _pipe.AssertArrives(0, WaitingSend.Capacity);
        Assert.False((await _writer.FlushAsync().InTime()).IsCanceled);
        Assert.Equal(10, _pipe.Reader.Read(new byte[20]));
    }

    [Fact]
    public async Task CancelPendingFlush_OfWriteAsync_EndsItWithAResult()
    {
        ValueTask<FlushResult> write = _writer.WriteAsync(new byte[More]);
        Assert.False(write.IsCompleted);
        _writer.CancelPendingFlush();
        Assert.True((await write.InTime()).IsCanceled);
    }

    [Fact]
    public async Task CancelPendingFlush_WhereNonePends_CancelsTheNextOneAlone()
    {
        _writer.CancelPendingFlush();
        Fill(10);
        Assert.True((await _writer.FlushAsync().InTime()).IsCanceled);
        Assert.Equal(10, _writer.UnflushedBytes);
        Assert.False((await _writer.FlushAsync().InTime()).IsCanceled);
        Assert.Equal(10, _pipe.Reader.Read(new byte[20]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Covers("SplicePipeWriter.Complete(Exception)", "SplicePipeWriter.CompleteAsync(Exception)")]
    public async Task Complete_SendsTheRestUnlessItFailedAndMayBeRepeated(bool fails)
    {
        foreach (bool isAsync in (bool[])[true, false])
        {
            using SplicePipe pipe = SplicePipe.Create();
            PipeWriter writer = pipe.OpenWriter().AsPipeWriter();
            using SpliceReader reader = pipe.OpenReader();
            writer.GetSpan(10)[..10].Fill(1);
            writer.Advance(10);
            Exception? failure = fails ? new InvalidDataException() : null;
            if (isAsync)
            {
                await writer.CompleteAsync(failure);
                await writer.CompleteAsync(failure);
            }
            else
            {
                writer.Complete(failure);
                writer.Complete(failure);
            }

            Assert.Equal(fails ? 0 : 10, reader.Read(new byte[20]));
            Assert.Equal(0, reader.Read(new byte[20]));
        }
    }

    [Fact]
    [Covers("SpliceLink.IDuplexPipe.get_Input()", "SpliceLink.IDuplexPipe.get_Output()")]
    public async Task DuplexPipe_GivesTheSameEndsEachTime()
    {
        using SpliceLink link = SpliceLink.Start(Child.Command("cat"));
        IDuplexPipe duplex = link;
        Assert.Same(duplex.Input, duplex.Input);
        Assert.Same(duplex.Output, duplex.Output);
        await duplex.Output.WriteAsync("ab"u8.ToArray());
        await duplex.Output.CompleteAsync();
        ReadResult read = await duplex.Input.ReadAtLeastAsync(2);
        Assert.Equal(2, read.Buffer.Length);
        duplex.Input.AdvanceTo(read.Buffer.End);
        Assert.True((await duplex.Input.ReadAsync()).IsCompleted);
        await duplex.Input.CompleteAsync();
    }

    private void Fill(int bytes)
    {
        _writer.GetSpan(bytes)[..bytes].Clear();
        _writer.Advance(bytes);
    }
}
