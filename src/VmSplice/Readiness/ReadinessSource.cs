using System.Threading.Tasks.Sources;

namespace VmSplice.Readiness;

/// <summary>Waiting for one descriptor as a task, for who needs no more than that: one wait at a time, reused.</summary>
internal sealed class ReadinessSource(DescriptorWatch watch) : ReadinessWaiter, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    /// <summary>Waits until the descriptor is likely to be ready.</summary>
    internal ValueTask WaitAsync(CancellationToken cancellation)
    {
        var task = new ValueTask(this, _core.Version);
        Listen(cancellation);
        try
        {
            WaitStart start = watch.Wait(this, cancellation);
            if (start != WaitStart.Waiting)
            {
                End(Reason(start), onPool: false);
            }
        }
        catch (Exception e)
        {
            End(e, onPool: false);
        }

        return task;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);

    public void GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
        }
    }

    internal override void Resume() => End(error: null, onPool: true);

    internal override void Abandon() => End(Reason(WaitStart.Disposed), onPool: false);

    protected override bool TryWithdraw() => watch.TryWithdraw(this);

    protected override void EndCanceled() => End(Reason(WaitStart.Canceled), onPool: false);

    private Exception Reason(WaitStart start) => start == WaitStart.Canceled
        ? new OperationCanceledException(Cancellation)
        : new ObjectDisposedException(nameof(DescriptorWatch), "It was disposed while somebody waited for it.");

    private void End(Exception? error, bool onPool)
    {
        StopListening();
        _core.RunContinuationsAsynchronously = !onPool;
        if (error is null)
        {
            _core.SetResult(true);
        }
        else
        {
            _core.SetException(error);
        }
    }
}
