using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Reads one batch after another for a record reader, without a thread that waits. One for each reader, reused once the
/// batch before was awaited, so that waiting allocates nothing.
/// </summary>
internal sealed class BatchOperation<T>(RecordReader<T> records, SpliceReader reader) : ReaderOperation<ReadOnlyMemory<T>>(reader)
    where T : unmanaged, ISpliceable<T>
{
    private ReadOnlyMemory<T> _batch;
    private bool _wantsBatch;

    internal override bool IsEnded => records.Gate.IsEnded;

    /// <summary>Hands out what is buffered, or starts to read. The reader's memory stays until this has ended.</summary>
    /// <exception cref="InvalidOperationException">The batch before was not awaited.</exception>
    internal new ValueTask<ReadOnlyMemory<T>> Start(CancellationToken cancellation)
    {
        Enter(wantsBatch: true);
        return base.Start(cancellation);
    }

    /// <summary>Takes the header of the stream out of what is buffered, or starts to read it.</summary>
    /// <exception cref="InvalidOperationException">The batch before was not awaited.</exception>
    internal ValueTask StartHeader(CancellationToken cancellation)
    {
        Enter(wantsBatch: false);
        return StartWithoutResult(cancellation);
    }

    protected override ObjectDisposedException WasDisposed() => IsEnded ? records.Gate.WasDisposed() : base.WasDisposed();

    protected override bool TryAdvance()
    {
        while (!(_wantsBatch ? records.TryTakeBuffered(out _batch) : records.TryTakeHeader()))
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
        if (!records.Exit())
        {
            return batch;
        }

        error = records.Gate.WasDisposed();
        return default;
    }

    private void Enter(bool wantsBatch)
    {
        Reader.ReserveRead();
        try
        {
            records.Gate.Enter();
        }
        catch
        {
            Reader.UnreserveRead();
            throw;
        }

        _wantsBatch = wantsBatch;
    }
}
