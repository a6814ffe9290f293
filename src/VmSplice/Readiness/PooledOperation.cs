using System.Threading.Tasks.Sources;

namespace VmSplice.Readiness;

/// <summary>
/// A wait that is also the task of whoever awaits it. Reused once it was awaited, so that waiting allocates nothing.
/// </summary>
internal abstract class PooledOperation<TResult> : ReadinessWaiter, IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _core;

    /// <summary>Gets the token of the task that is under way, or comes next.</summary>
    protected short Version => _core.Version;

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);

    public TResult GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The operation has not ended. Await it, or take AsTask() first.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Reuse();
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    internal override void Abandon() => End(Reason(WaitStart.Disposed), onPool: false);

    protected override void EndCanceled() => End(Reason(WaitStart.Canceled), onPool: false);

    /// <summary>Ends the operation.</summary>
    /// <param name="error">Why it failed.</param>
    /// <param name="onPool">Whether this is a thread of the pool with nothing else to do, on which the caller may go on.</param>
    protected abstract void End(Exception? error, bool onPool);

    /// <summary>It was awaited, and may be used again.</summary>
    protected abstract void Reuse();

    /// <summary>What to throw where that is disposed which the operation waits for.</summary>
    protected abstract ObjectDisposedException WasDisposed();

    /// <summary>What to throw where a wait did not begin, or was ended.</summary>
    protected Exception Reason(WaitStart start) => start == WaitStart.Canceled ? new OperationCanceledException(Cancellation) : WasDisposed();

    /// <summary>Lets whoever awaits go on, here or on another thread: this one may be somebody's who cancels or disposes.</summary>
    protected void Complete(TResult result, Exception? error, bool onPool)
    {
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
