using System.Buffers;

namespace VmSplice.Tests.Contracts;

/// <summary>The contracts of <see cref="IBufferWriter{T}"/> and <see cref="IAsyncDisposable"/> at a record writer.</summary>
[Trait("Category", "Transport")]
public sealed class RecordWriterContractTests : IDisposable
{
    private readonly SplicePipe _pipe = SplicePipe.Create();
    private readonly RecordWriter<Tick> _records;
    private readonly IBufferWriter<Tick> _writer;

    public RecordWriterContractTests() => _writer = _records = new RecordWriter<Tick>(_pipe.OpenWriter());

    public void Dispose()
    {
        _records.Dispose();
        _pipe.Dispose();
    }

    [Fact]
    [Covers("RecordWriter.IBufferWriter.GetMemory(Int32)", "RecordWriter.IBufferWriter.GetSpan(Int32)")]
    public void Memory_IsNeverShorterThanAskedForAndNeverEmpty()
    {
        foreach (int hint in (int[])[0, 1, 1_000, 100_000])
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
    [Covers("RecordWriter.IBufferWriter.Advance(Int32)")]
    public void Advance_CountsWhatWasWrittenAndNoMoreThanThereIs()
    {
        _writer.Advance(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(1));
        int length = _writer.GetSpan(10).Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(length + 1));
        _writer.Write([Tick.At(0), Tick.At(1)]);
        Assert.Equal(2, _records.RecordsWritten);
        _records.Complete();
        using var reader = new RecordReader<Tick>(_pipe.OpenReader());
        Assert.Equal(2, reader.ReadBatch().Length);
    }

    [Fact]
    [Covers("RecordWriter.IAsyncDisposable.DisposeAsync()", "RecordWriter.IDisposable.Dispose()")]
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
