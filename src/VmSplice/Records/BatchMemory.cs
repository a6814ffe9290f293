using System.Buffers;

namespace VmSplice.Records;

/// <summary>
/// The records of one batch as memory. One for each batch, so that a batch that was kept throws once its reader has moved on: the
/// memory is the reader's, and shows other records then.
/// </summary>
internal sealed unsafe class BatchMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly T* _first;
    private readonly int _length;
    private string? _whyEnded;

    internal BatchMemory(ReadOnlySpan<T> batch)
    {
        // SAFETY: the span lies in a mapping, which does not move; the reader ends this before it reads into that again, or unmaps it.
        fixed (T* first = batch)
        {
            _first = first;
        }

        _length = batch.Length;
    }

    /// <summary>Makes every access throw from now on.</summary>
    /// <param name="why">What the exception says.</param>
    internal void End(string why) => _whyEnded ??= why;

    public override Span<T> GetSpan()
    {
        ThrowIfEnded();

        // SAFETY: as above.
        return new Span<T>(_first, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length, nameof(elementIndex));
        ThrowIfEnded();
        return new MemoryHandle(_first + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    private void ThrowIfEnded()
    {
        if (_whyEnded is { } why)
        {
            throw new ObjectDisposedException($"RecordReader<{typeof(T).Name}>", why);
        }
    }
}
