using System.Diagnostics;

namespace VmSplice.Readiness;

/// <summary>
/// An operation that can wait without a thread. While it waits it belongs to the place where it waits; whoever takes it
/// out of there, exactly one, goes on with it: the loop, a cancellation or a disposal.
/// </summary>
internal abstract class ReadinessWaiter : IThreadPoolWorkItem
{
    private CancellationTokenRegistration _registration;
    private bool _isQueued;

    /// <summary>
    /// Gets whether what it works for is disposed, so that it must not wait any more. Asked under the lock of where it would
    /// wait: whoever disposes looks there afterwards.
    /// </summary>
    internal virtual bool IsEnded => false;

    /// <summary>Gets the token of the operation that runs.</summary>
    protected CancellationToken Cancellation { get; private set; }

    void IThreadPoolWorkItem.Execute() => TryGoOn();

    /// <summary>Lets a thread of the pool go on with it, or any other that comes before.</summary>
    internal void QueueToPool()
    {
        Volatile.Write(ref _isQueued, true);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Goes on with it in this thread, where it is queued and no other thread has.</summary>
    internal bool TryGoOn()
    {
        // Whoever comes too late may find it queued once more, which is as good.
        if (!Interlocked.Exchange(ref _isQueued, false))
        {
            return false;
        }

        Resume();
        return true;
    }

    /// <summary>Goes on, on a thread with nothing else to do. The descriptor is likely to be ready, not certain.</summary>
    internal abstract void Resume();

    /// <summary>Ends the operation, which was taken out of where it waited because that is disposed.</summary>
    internal abstract void Abandon();

    /// <summary>Takes the operation out of where it waits. <see langword="false"/> where somebody else did, or it runs.</summary>
    protected abstract bool TryWithdraw();

    /// <summary>Ends the operation, which was withdrawn because cancellation was asked for.</summary>
    protected abstract void EndCanceled();

    /// <summary>
    /// Listens for cancellation. Must come before the first wait: a wait asks the token under the lock under which
    /// <see cref="TryWithdraw"/> looks, so that a cancellation is seen by the one or by the other.
    /// </summary>
    protected void Listen(CancellationToken cancellation)
    {
        Debug.Assert(_registration == default, "listens already");
        Cancellation = cancellation;
        if (cancellation.CanBeCanceled)
        {
            _registration = cancellation.UnsafeRegister(static state => ((ReadinessWaiter)state!).OnCancellation(), this);
        }
    }

    /// <summary>Stops listening, and waits for a callback that is running: the object will be reused.</summary>
    protected void StopListening()
    {
        _registration.Dispose();
        _registration = default;
        Cancellation = default;
    }

    private void OnCancellation()
    {
        if (TryWithdraw())
        {
            EndCanceled();
        }
    }
}
