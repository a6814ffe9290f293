using System.Buffers;

namespace VmSplice.Tests.Contracts;

/// <summary>A broadcaster as the framework's interfaces describe one.</summary>
public sealed class RecordBroadcasterContractTests : IDisposable
{
    private readonly SplicePipe _pipe = SplicePipe.Create(1024 * 1024);
    private readonly RecordBroadcaster<Tick> _records;
    private readonly IBufferWriter<Tick> _writer;

    public RecordBroadcasterContractTests() => _writer = _records = new RecordBroadcaster<Tick>([_pipe.OpenWriter()]);

    public void Dispose()
    {
        _records.Dispose();
        _pipe.Dispose();
    }

    [Fact]
    [Covers("RecordBroadcaster.IBufferWriter.GetMemory(Int32)", "RecordBroadcaster.IBufferWriter.GetSpan(Int32)")]
    public void Memory_IsNeverShorterThanAskedForAndNeverEmpty()
    {
        foreach (int hint in (int[])[0, 1, 1_000])
        {
            Assert.InRange(_writer.GetMemory(hint).Length, Math.Max(1, hint), int.MaxValue);
            Assert.InRange(_writer.GetSpan(hint).Length, Math.Max(1, hint), int.MaxValue);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.GetMemory(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.GetSpan(-1).Length);
        _records.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _writer.GetMemory());
        Assert.Throws<ObjectDisposedException>(() => _writer.GetSpan().Length);
    }

    [Fact]
    [Covers("RecordBroadcaster.IBufferWriter.Advance(Int32)")]
    public void Advance_CountsWhatWasWrittenAndNoMoreThanThereIs()
    {
        _writer.Advance(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(1));
        int length = _writer.GetSpan(10).Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(length + 1));
        _writer.Write([Tick.At(0), Tick.At(1)]);
        Assert.Equal(2, _records.RecordsWritten);
        _records.Flush();
        using var reader = new RecordReader<Tick>(_pipe.OpenReader());
        Assert.Equal(2, reader.ReadBatch().Length);
    }

    [Fact]
    [Covers("RecordBroadcaster.IAsyncDisposable.DisposeAsync()", "RecordBroadcaster.IDisposable.Dispose()")]
    public async Task Dispose_MayBeRepeatedInBothForms()
    {
        await _records.DisposeAsync();
        await _records.DisposeAsync();
        _records.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _records.Flush());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _records.FlushAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _records.CompleteAsync());
    }
}
