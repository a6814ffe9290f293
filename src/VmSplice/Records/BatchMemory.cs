using System.Buffers;

namespace VmSplice.Records;

/// <summary>
/// The records of the current batch as memory. One for each reader, moved on with it, so that a batch allocates nothing:
/// what was handed out before shows the records of the batch after.
/// </summary>
internal sealed unsafe class BatchMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private T* _first;
    private int _length;
    private bool _isDisposed;

    /// <summary>Moves on to the next batch.</summary>
    internal ReadOnlyMemory<T> MoveTo(ReadOnlySpan<T> batch)
    {
        // SAFETY: the span lies in a mapping, which does not move; the reader disposes this before it unmaps that.
        fixed (T* first = batch)
        {
            _first = first;
        }

        _length = batch.Length;
        return Memory;
    }

    /// <summary>Makes every access throw from now on.</summary>
    internal void End() => _isDisposed = true;

    public override Span<T> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(RecordReader<>));

        // SAFETY: as above.
        return new Span<T>(_first, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length, nameof(elementIndex));
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(RecordReader<>));
        return new MemoryHandle(_first + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
