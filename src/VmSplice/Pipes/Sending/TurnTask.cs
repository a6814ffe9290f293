using VmSplice.Memory;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>A wait for the turn of a writer as a task, for what waits seldom.</summary>
internal sealed class TurnTask : ITurnWaiter
{
    private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TurnTask() => Place = new LinkedListNode<ITurnWaiter>(this);

    public LinkedListNode<ITurnWaiter> Place { get; }

    public CallGate? Caller => null;

    /// <summary>Waits for the turn. Whoever awaits it has the turn, and must exit.</summary>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was meanwhile.</exception>
    internal static async Task WaitAsync(SendTurns turns, CancellationToken cancellation)
    {
        var wait = new TurnTask();
        if (turns.TryEnterOrQueue(wait, cancellation, out WaitStart start))
        {
            return;
        }

        if (start == WaitStart.Disposed)
        {
            throw Sender.WasDisposed();
        }

        if (start == WaitStart.Canceled)
        {
            throw new OperationCanceledException(cancellation);
        }

        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            _ =>
            {
                if (turns.TryWithdraw(wait))
                {
                    wait._turn.SetCanceled(cancellation);
                }
            },
            null);
        await wait._turn.Task.ConfigureAwait(false);
    }

    public void OnTurn() => _turn.SetResult();

    public void OnClosed() => _turn.SetException(Sender.WasDisposed());
}
