using VmSplice.Tests.Async;

namespace VmSplice.Tests.Contracts;

/// <summary>The contract of <see cref="IAsyncEnumerable{T}"/> at a record reader.</summary>
[Trait("Category", "Transport")]
public sealed class BatchEnumerationContractTests : IDisposable
{
    private readonly SplicePipe _pipe = SplicePipe.Create();
    private readonly RecordWriter<Tick> _writer;
    private readonly RecordReader<Tick> _reader;

    public BatchEnumerationContractTests()
    {
        _writer = new RecordWriter<Tick>(_pipe.OpenWriter());
        _reader = new RecordReader<Tick>(_pipe.OpenReader());
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        _pipe.Dispose();
    }

    [Fact]
    [Covers("RecordReader.IAsyncEnumerable.GetAsyncEnumerator(CancellationToken)")]
    public async Task LoopThatIsLeft_LosesNothingAndTheNextGoesOn()
    {
        Send(0);
        await foreach (ReadOnlyMemory<Tick> batch in _reader)
        {
            Assert.True(batch.Span[0].IsAt(0));
            break;
        }

        Send(1);
        await using IAsyncEnumerator<ReadOnlyMemory<Tick>> rest = ((IAsyncEnumerable<ReadOnlyMemory<Tick>>)_reader).GetAsyncEnumerator();
        Assert.True(await rest.MoveNextAsync().InTime());
        Assert.True(rest.Current.Span[0].IsAt(1));
        _writer.Complete();
        Assert.False(await rest.MoveNextAsync().InTime());
        Assert.False(await rest.MoveNextAsync().InTime());
    }

    [Fact]
    public async Task TokenOfTheLoop_EndsItAndNothingIsLost()
    {
        using CancellationTokenSource source = new();
        await using IAsyncEnumerator<ReadOnlyMemory<Tick>> batches = ((IAsyncEnumerable<ReadOnlyMemory<Tick>>)_reader).GetAsyncEnumerator(source.Token);
        ValueTask<bool> next = batches.MoveNextAsync();
        Assert.False(next.IsCompleted);
        await source.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.InTime());
        Assert.Equal(source.Token, canceled.CancellationToken);
        Send(7);
        ReadOnlyMemory<Tick> batch = await _reader.ReadBatchAsync().InTime();
        Assert.True(batch.Span[0].IsAt(7));
    }

    [Fact]
    [Covers("RecordReader.IDisposable.Dispose()")]
    public async Task DisposedReader_EnumerationThrows()
    {
        _reader.Dispose();
        _reader.Dispose();
        await using IAsyncEnumerator<ReadOnlyMemory<Tick>> batches = ((IAsyncEnumerable<ReadOnlyMemory<Tick>>)_reader).GetAsyncEnumerator();
        ObjectDisposedException disposed = await Assert.ThrowsAsync<ObjectDisposedException>(() => batches.MoveNextAsync().InTime());
        Assert.Equal("RecordReader<Tick>", disposed.ObjectName);
    }

    private void Send(int index)
    {
        _writer.Write(Tick.At(index));
        _writer.Flush();
    }
}
