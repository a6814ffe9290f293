using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Reads one batch after another for a record reader, without a thread that waits. One for each reader, reused once the
/// batch before was awaited, so that waiting allocates nothing.
/// </summary>
internal sealed class BatchOperation<T>(RecordReader<T> records, SpliceReader reader) : ReaderOperation<ReadOnlyMemory<T>>(reader)
    where T : unmanaged, ISpliceable<T>
{
    private readonly Lock _gate = new();
    private ReadOnlyMemory<T> _batch;
    private bool _isAtWork;
    private bool _isDisposed;

    /// <summary>Hands out what is buffered, or starts to read.</summary>
    /// <exception cref="InvalidOperationException">The batch before was not awaited.</exception>
    internal new ValueTask<ReadOnlyMemory<T>> Start(CancellationToken cancellation)
    {
        Reader.ReserveRead();
        lock (_gate)
        {
            if (_isDisposed)
            {
                Reader.UnreserveRead();
                throw new ObjectDisposedException(typeof(RecordReader<T>).Name);
            }

            _isAtWork = true;
        }

        return base.Start(cancellation);
    }

    /// <summary>
    /// The reader is disposed. <see langword="true"/> where nobody is at work in its memory; otherwise that is unmapped by
    /// whoever is, at the end.
    /// </summary>
    internal bool TryLeaveMemory()
    {
        lock (_gate)
        {
            _isDisposed = true;
            return !_isAtWork;
        }
    }

    protected override bool TryAdvance()
    {
        while (!records.TryTakeBuffered(out _batch))
        {
            if (!records.TryReadMore())
            {
                return false;
            }
        }

        return true;
    }

    protected override ReadOnlyMemory<T> Finish(ref Exception? error)
    {
        ReadOnlyMemory<T> batch = _batch;
        _batch = default;
        lock (_gate)
        {
            _isAtWork = false;
            if (!_isDisposed)
            {
                return batch;
            }
        }

        error = new ObjectDisposedException(typeof(RecordReader<T>).Name, "The reader was disposed while this batch was waited for.");
        records.Unmap();
        return default;
    }
}
