using System.Runtime.ExceptionServices;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// Takes something out of a pipe: at once, in a thread that waits, or once it is there. What it takes is the step of a derived
/// type, <see cref="TryAdvance"/>, which never waits.
/// </summary>
internal abstract class IncomingOperation<TResult>(Receiver receiver) : PooledOperation<TResult>
{
    protected Receiver Receiver => receiver;

    internal override void Resume()
    {
        Exception? error;
        try
        {
            if (TryAdvance())
            {
                error = null;
            }
            else if (IsWaiting(out error))
            {
                return;
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        End(error, onPool: true);
    }

    /// <summary>Starts. The receiver is reserved until this operation was awaited.</summary>
    protected ValueTask<TResult> Start(CancellationToken cancellation)
        => !TryAtOnce(cancellation, out TResult result, out Exception? error) ? new ValueTask<TResult>(this, Wait(cancellation))
            : error is null ? new ValueTask<TResult>(result)
            : error is OperationCanceledException ? ValueTask.FromCanceled<TResult>(cancellation)
            : ValueTask.FromException<TResult>(error);

    /// <summary>The same for whoever wants no result.</summary>
    protected ValueTask StartWithoutResult(CancellationToken cancellation)
        => !TryAtOnce(cancellation, out _, out Exception? error) ? new ValueTask(this, Wait(cancellation))
            : error is null ? ValueTask.CompletedTask
            : error is OperationCanceledException ? ValueTask.FromCanceled(cancellation)
            : ValueTask.FromException(error);

    /// <summary>Goes on in this thread until it is done. The receiver is reserved until then.</summary>
    protected TResult Run()
    {
        Exception? error = null;
        try
        {
            while (!TryAdvance())
            {
                receiver.WaitForData();
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        TResult result = Finish(ref error);
        receiver.EndReservation();
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return result;
    }

    /// <summary>Takes what is there.</summary>
    /// <returns>Whether that is enough, or all that will come; else the pipe is empty.</returns>
    protected abstract bool TryAdvance();

    /// <summary>Judges what was taken, and lets go of where it went. Called once, also where it failed.</summary>
    /// <param name="error">Why it failed, and then why it fails.</param>
    protected abstract TResult Finish(ref Exception? error);

    protected override bool TryWithdraw() => receiver.DataWatch.TryWithdraw(this);

    protected override ObjectDisposedException WasDisposed() => Receiver.WasDisposed();

    protected override void Reuse() => receiver.EndReservation();

    protected override void End(Exception? error, bool onPool)
    {
        StopListening();
        TResult result = Finish(ref error);
        Complete(result, error, onPool);
    }

    private bool TryAtOnce(CancellationToken cancellation, out TResult result, out Exception? error)
    {
        try
        {
            error = cancellation.IsCancellationRequested ? new OperationCanceledException(cancellation) : null;
            if (error is null && !TryAdvance())
            {
                result = default!;
                return false;
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        result = Finish(ref error);
        receiver.EndReservation();
        return true;
    }

    private short Wait(CancellationToken cancellation)
    {
        short version = Version;
        Listen(cancellation);
        Exception? error;
        try
        {
            if (IsWaiting(out error))
            {
                return version;
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        End(error, onPool: false);
        return version;
    }

    private bool IsWaiting(out Exception? error)
    {
        WaitStart start = receiver.DataWatch.Wait(this, Cancellation);
        error = start == WaitStart.Waiting ? null : Reason(start);
        return start == WaitStart.Waiting;
    }
}
