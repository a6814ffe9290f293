using VmSplice.Memory;
using VmSplice.Readiness;

namespace VmSplice.Records;

/// <summary>Waits without a thread for what a call of a broadcaster needs. One for each stream, used again once it was awaited.</summary>
internal sealed class BroadcastWait(BroadcastPace pace) : PooledOperation<bool>
{
    private readonly Lock _gate = new();
    private CallGate _caller = null!;
    private BroadcastGoal _goal;
    private long _since;
    private ITimer? _timer;

    internal override bool IsEnded => _caller.IsEnded;

    internal ValueTask Start(BroadcastGoal goal, CallGate caller, CancellationToken cancellation)
    {
        lock (_gate)
        {
            (_goal, _caller, _since) = (goal, caller, Environment.TickCount64);
        }

        Listen(cancellation);
        var task = new ValueTask(this, Version);
        Look(onPool: false);
        return task;
    }

    internal override void Resume() => Look(onPool: true);

    /// <summary>The stream is over.</summary>
    internal void StopTimer() => _timer?.Dispose();

    protected override bool TryWithdraw() => pace.TryWithdraw(this);

    protected override ObjectDisposedException WasDisposed() => _caller.WasDisposed();

    protected override void Reuse()
    {
    }

    protected override void End(Exception? error, bool onPool)
    {
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        StopListening();
        Complete(result: true, error, onPool);
    }

    private void Look(bool onPool)
    {
        bool isOver;
        Exception? error;

        // One at a time: whoever tells of a change while this looks lets another thread look, and that one may end the wait, and begin the next.
        lock (_gate)
        {
            isOver = IsOver(out error);
        }

        if (isOver)
        {
            End(error, onPool);
        }
    }

    private bool IsOver(out Exception? error)
    {
        error = null;
        bool isReached = false;
        int milliseconds = Timeout.Infinite;

        // From now on whoever tells of a change lets this look again; what changed before is seen now.
        pace.Await(this);
        try
        {
            isReached = pace.IsReachedOrArm(_goal, _since, out milliseconds);
            if (!isReached && (IsEnded || Cancellation.IsCancellationRequested))
            {
                error = Reason(IsEnded ? WaitStart.Disposed : WaitStart.Canceled);
            }
        }
        catch (Exception e)
        {
            // No reader is left where whoever disposed the broadcaster has closed the pipes.
            error = IsEnded ? Reason(WaitStart.Disposed) : e;
        }

        if (isReached || error is not null)
        {
            // Where somebody tells already, that one ends it.
            return pace.TryWithdraw(this);
        }

        if (milliseconds != Timeout.Infinite)
        {
            _timer ??= TimeProvider.System.CreateTimer(
                static state => ((BroadcastPace)state!).Tell(),
                pace,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
            _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }

        return false;
    }
}
