using VmSplice.Memory;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// A send that has to wait: for its turn, then for room in the pipe. Reused by its sender once it was awaited, so that
/// waiting allocates nothing in steady state.
/// </summary>
internal sealed class SendOperation : PooledOperation<bool>, ITurnWaiter, IFreeListItem<SendOperation>
{
    private readonly Sender _sender;
    private PendingSend _send;
    private bool _hasTurn;
    private bool _begun;

    internal SendOperation(Sender sender)
    {
        _sender = sender;
        Place = new LinkedListNode<ITurnWaiter>(this);
    }

    public LinkedListNode<ITurnWaiter> Place { get; }

    public SendOperation? NextFree { get; set; }

    /// <summary>Queues for the turn.</summary>
    internal ValueTask Queue(in PendingSend send, CancellationToken cancellation)
    {
        ValueTask task = Prepare(send, cancellation);
        if (_sender.Turns.TryEnterOrQueue(this, cancellation, out WaitStart start))
        {
            _hasTurn = true;
            Run(onPool: false);
        }
        else if (start != WaitStart.Waiting)
        {
            End(Reason(start), onPool: false);
        }

        return task;
    }

    /// <summary>Goes on with a send that has its turn, and has found the pipe full.</summary>
    internal ValueTask Continue(in PendingSend send, CancellationToken cancellation)
    {
        ValueTask task = Prepare(send, cancellation);
        _hasTurn = _begun = true;
        Run(onPool: false);
        return task;
    }

    public CallGate? Caller => _send.Caller;

    internal override bool IsEnded => _send.Caller is { IsEnded: true };

    public void OnTurn()
    {
        _hasTurn = true;
        QueueToPool();
    }

    public void OnClosed() => Abandon();

    internal override void Resume() => Run(onPool: true);

    protected override bool TryWithdraw() => _sender.Turns.TryWithdraw(this) || _sender.SpaceWatch.TryWithdraw(this);

    protected override ObjectDisposedException WasDisposed() => _send.Caller is { IsEnded: true } caller ? caller.WasDisposed() : Sender.WasDisposed();

    protected override void Reuse() => _sender.Reuse(this);

    /// <summary>Ends the send: memory first, then the turn, and the caller's continuation last.</summary>
    protected override void End(Exception? error, bool onPool)
    {
        StopListening();
        error = _sender.Finish(ref _send, error);
        if (_hasTurn)
        {
            _sender.Turns.Exit();
        }

        _hasTurn = _begun = false;
        Complete(result: true, error, onPool);
    }

    private ValueTask Prepare(in PendingSend send, CancellationToken cancellation)
    {
        _send = send;
        Listen(cancellation);
        return new ValueTask(this, Version);
    }

    private void Run(bool onPool)
    {
        try
        {
            if (_send.Accepted == 0 && Cancellation.IsCancellationRequested)
            {
                // Cancelled on the way from where it waited to here: nothing is incomplete yet.
                throw Reason(WaitStart.Canceled);
            }

            if (!_begun)
            {
                _sender.Begin(ref _send);
                _begun = true;
            }

            while (!_sender.TryTransfer(ref _send))
            {
                WaitStart start = _sender.SpaceWatch.Wait(this, Cancellation);
                if (start == WaitStart.Waiting)
                {
                    return;
                }

                throw Reason(start);
            }
        }
        catch (Exception e)
        {
            End(e, onPool);
            return;
        }

        End(error: null, onPool);
    }
}
