using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace VmSplice.Records;

/// <summary>
/// Reads one batch after another for a record reader, without a thread that waits. One for each reader, reused once the
/// batch before was awaited, so that waiting allocates nothing.
/// </summary>
internal sealed class BatchOperation<T> : IValueTaskSource<ReadOnlyMemory<T>>
    where T : unmanaged, ISpliceable<T>
{
    private readonly Lock _gate = new();
    private readonly RecordReader<T> _reader;
    private readonly Action _resume;
    private ManualResetValueTaskSourceCore<ReadOnlyMemory<T>> _core;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read;
    private CancellationToken _cancellation;
    private bool _isReserved;
    private bool _isAtWork;
    private bool _isDisposed;

    internal BatchOperation(RecordReader<T> reader)
    {
        _reader = reader;
        _resume = Resume;
    }

    /// <summary>Hands out what is buffered, or starts to read.</summary>
    /// <exception cref="InvalidOperationException">The batch before was not awaited.</exception>
    internal ValueTask<ReadOnlyMemory<T>> Start(CancellationToken cancellation)
    {
        Reserve();
        _cancellation = cancellation;
        short version = _core.Version;
        Exception? error = null;
        ReadOnlyMemory<T> batch = default;
        try
        {
            if (!TryTakeBatch(out batch))
            {
                return new ValueTask<ReadOnlyMemory<T>>(this, version);
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        Leave(ref error);
        Volatile.Write(ref _isReserved, false);
        return error is null ? new ValueTask<ReadOnlyMemory<T>>(batch) : ValueTask.FromException<ReadOnlyMemory<T>>(error);
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

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);

    public ReadOnlyMemory<T> GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The batch has not been read. Await it, or take AsTask() first.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Volatile.Write(ref _isReserved, false);
        }
    }

    private void Reserve()
    {
        if (Interlocked.Exchange(ref _isReserved, true))
        {
            throw new InvalidOperationException("A batch of this reader is being read already, or was never awaited. Await it before the next one.");
        }

        lock (_gate)
        {
            if (_isDisposed)
            {
                _isReserved = false;
                throw new ObjectDisposedException(typeof(RecordReader<T>).Name);
            }

            _isAtWork = true;
        }
    }

    /// <summary>Takes a batch, and reads as long as there is none. <see langword="false"/> where <see cref="Resume"/> goes on.</summary>
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "its awaiter is kept until Resume, and its result taken once")]
    private bool TryTakeBatch(out ReadOnlyMemory<T> batch)
    {
        while (!_reader.TryTakeBuffered(out batch))
        {
            _read = _reader.ReadMoreAsync(_cancellation).ConfigureAwait(false).GetAwaiter();
            if (!_read.IsCompleted)
            {
                _read.UnsafeOnCompleted(_resume);
                return false;
            }

            _reader.Filled(_read.GetResult());
        }

        return true;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "all of them are the caller's")]
    private void Resume()
    {
        ReadOnlyMemory<T> batch = default;
        Exception? error = null;
        try
        {
            _reader.Filled(_read.GetResult());
            if (!TryTakeBatch(out batch))
            {
                return;
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        Leave(ref error);
        if (error is null)
        {
            _core.SetResult(batch);
        }
        else
        {
            _core.SetException(error);
        }
    }

    /// <summary>Ends the work in the reader's memory.</summary>
    private void Leave(ref Exception? error)
    {
        _read = default;
        _cancellation = default;
        lock (_gate)
        {
            _isAtWork = false;
            if (!_isDisposed)
            {
                return;
            }
        }

        error = new ObjectDisposedException(typeof(RecordReader<T>).Name, "The reader was disposed while this batch was waited for.");
        _reader.Unmap();
    }
}
