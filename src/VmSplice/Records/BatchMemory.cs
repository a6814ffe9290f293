using System.Buffers;
using System.Runtime.InteropServices;

namespace VmSplice.Records;

/// <summary>
/// The records of one batch as memory. One for each batch, so that a batch that was kept throws once its reader has moved on: the
/// memory is the reader's, and shows other records then.
/// </summary>
internal sealed unsafe class BatchMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly byte[]? _array;
    private readonly T* _first;
    private readonly int _length;
    private string? _whyEnded;

    /// <summary>Hands out a batch.</summary>
    /// <param name="batch">The records, in memory that the reader keeps where it is.</param>
    /// <param name="array">The array that they lie in; none where they lie in a mapping.</param>
    internal BatchMemory(ReadOnlySpan<T> batch, byte[]? array)
    {
        _array = array;

        // SAFETY: the span lies in memory that does not move; the reader ends this before it reads into that again, or gives it up.
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

        // Whoever has pinned it may keep it pinned for longer than the reader does.
        return new MemoryHandle(_first + elementIndex, _array is null ? default : GCHandle.Alloc(_array, GCHandleType.Pinned));
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
