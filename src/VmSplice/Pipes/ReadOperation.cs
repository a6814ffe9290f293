using System.Threading.Tasks.Sources;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// A read that has to wait for data. One for each reader, reused once it was awaited, so that waiting allocates nothing.
/// </summary>
internal sealed class ReadOperation(SpliceReader reader) : ReadinessWaiter, IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> _core;
    private ReadGoal _goal;
    private int _filled;
    private int _inUse;

    /// <summary>Reserves the operation for one read.</summary>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    internal void Reserve()
    {
        if (Interlocked.Exchange(ref _inUse, 1) != 0)
        {
            throw new InvalidOperationException("A read of this reader runs already, or its result was never awaited. Await it before the next one.");
        }
    }

    /// <summary>Ends the reservation of a read that did not have to wait.</summary>
    internal void Unreserve() => Volatile.Write(ref _inUse, 0);

    /// <summary>Goes on with a read that found the pipe empty. The caller makes a task of <see cref="Version"/>.</summary>
    internal void Continue(in ReadGoal goal, int filled, CancellationToken cancellation)
    {
        _goal = goal;
        _filled = filled;
        Listen(cancellation);
        Run(onPool: false);
    }

    /// <summary>Gets the token of the read that is reserved.</summary>
    internal short Version => _core.Version;

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);

    public int GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The read has not ended. Await it, or take AsTask() first.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Unreserve();
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    internal override void Resume() => Run(onPool: true);

    internal override void Abandon() => End(Reason(WaitStart.Disposed), onPool: false);

    protected override bool TryWithdraw() => reader.DataWatch.TryWithdraw(this);

    protected override void EndCanceled() => End(Reason(WaitStart.Canceled), onPool: false);

    private void Run(bool onPool)
    {
        try
        {
            while (!reader.TryRead(in _goal, ref _filled))
            {
                WaitStart start = reader.DataWatch.Wait(this, Cancellation);
                if (start == WaitStart.Waiting)
                {
                    return;
                }

                throw Reason(start);
            }

            _goal.Check(_filled);
        }
        catch (Exception e)
        {
            End(e, onPool);
            return;
        }

        End(error: null, onPool);
    }

    private Exception Reason(WaitStart start) => start == WaitStart.Canceled
        ? new OperationCanceledException(Cancellation)
        : new ObjectDisposedException(nameof(SpliceReader), "The reader was disposed while this read waited.");

    private void End(Exception? error, bool onPool)
    {
        StopListening();
        int result = _filled / _goal.ElementSize;
        _goal = default;

        // As of a send: on this thread only if it is one of the pool.
        _core.RunContinuationsAsynchronously = !onPool;
        if (error is null)
        {
            _core.SetResult(result);
        }
        else
        {
            _core.SetException(error);
        }
    }
}
