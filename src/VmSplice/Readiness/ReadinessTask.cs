namespace VmSplice.Readiness;

/// <summary>A wait for a descriptor as a task, for what waits seldom and for long.</summary>
internal sealed class ReadinessTask : ReadinessWaiter
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DescriptorWatch _watch;
    private readonly string _owner;

    private ReadinessTask(DescriptorWatch watch, string owner)
    {
        _watch = watch;
        _owner = owner;
    }

    /// <summary>Waits until the descriptor is likely to be ready.</summary>
    /// <param name="watch">The descriptor.</param>
    /// <param name="owner">What a user knows as closed where the watch is disposed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The watch is disposed, or was meanwhile.</exception>
    internal static Task WaitAsync(DescriptorWatch watch, string owner, CancellationToken cancellation)
    {
        var wait = new ReadinessTask(watch, owner);
        wait.Listen(cancellation);
        switch (watch.Wait(wait, cancellation))
        {
            case WaitStart.Canceled:
                wait.EndCanceled();
                break;
            case WaitStart.Disposed:
                wait.Abandon();
                break;
            default:
                break;
        }

        return wait._ready.Task;
    }

    internal override void Resume()
    {
        StopListening();
        _ready.SetResult();
    }

    internal override void Abandon()
    {
        StopListening();
        _ready.SetException(new ObjectDisposedException(_owner, "The pipe was closed while somebody waited for it."));

        // Nobody may be left to look at it.
        _ = _ready.Task.Exception;
    }

    protected override bool TryWithdraw() => _watch.TryWithdraw(this);

    protected override void EndCanceled()
    {
        CancellationToken cancellation = Cancellation;
        StopListening();
        _ready.SetCanceled(cancellation);
    }
}
