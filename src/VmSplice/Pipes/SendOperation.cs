using VmSplice.Memory;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// A send that has to wait: for its turn, then for room in the pipe. Reused by its writer once it was awaited, so that
/// waiting allocates nothing in steady state.
/// </summary>
internal sealed class SendOperation : PooledOperation<bool>, ITurnWaiter
{
    private readonly SpliceWriter _writer;
    private Transfer _transfer;
    private bool _hasTurn;
    private bool _begun;

    internal SendOperation(SpliceWriter writer)
    {
        _writer = writer;
        Place = new LinkedListNode<ITurnWaiter>(this);
    }

    public LinkedListNode<ITurnWaiter> Place { get; }

    /// <summary>Gets or sets the next one in the writer's list of free ones.</summary>
    internal SendOperation? NextFree { get; set; }

    /// <summary>Queues for the turn.</summary>
    internal ValueTask Queue(in Transfer transfer, CancellationToken cancellation)
    {
        ValueTask task = Prepare(transfer, cancellation);
        if (_writer.Turns.TryEnterOrQueue(this, cancellation, out WaitStart start))
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
    internal ValueTask Continue(in Transfer transfer, CancellationToken cancellation)
    {
        ValueTask task = Prepare(transfer, cancellation);
        _hasTurn = _begun = true;
        Run(onPool: false);
        return task;
    }

    public CallGate? Caller => _transfer.Caller;

    internal override bool IsEnded => _transfer.Caller is { IsEnded: true };

    public void OnTurn()
    {
        _hasTurn = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void OnClosed() => Abandon();

    internal override void Resume() => Run(onPool: true);

    protected override bool TryWithdraw() => _writer.Turns.TryWithdraw(this) || _writer.SpaceWatch.TryWithdraw(this);

    protected override ObjectDisposedException WasDisposed() => _transfer.Caller is { IsEnded: true } caller ? caller.WasDisposed() : SpliceWriter.WasDisposed();

    protected override void Reuse() => _writer.Reuse(this);

    /// <summary>Ends the send: memory first, then the turn, and the caller's continuation last.</summary>
    protected override void End(Exception? error, bool onPool)
    {
        StopListening();
        error = _writer.End(ref _transfer, error);
        if (_hasTurn)
        {
            _writer.Turns.Exit();
        }

        _hasTurn = _begun = false;
        Complete(result: true, error, onPool);
    }

    private ValueTask Prepare(in Transfer transfer, CancellationToken cancellation)
    {
        _transfer = transfer;
        Listen(cancellation);
        return new ValueTask(this, Version);
    }

    private void Run(bool onPool)
    {
        try
        {
            if (_transfer.Accepted == 0 && Cancellation.IsCancellationRequested)
            {
                // Cancelled on the way from where it waited to here: there is nothing torn yet.
                throw Reason(WaitStart.Canceled);
            }

            if (!_begun)
            {
                _writer.Begin(ref _transfer);
                _begun = true;
            }

            while (!_writer.TryTransfer(ref _transfer))
            {
                WaitStart start = _writer.SpaceWatch.Wait(this, Cancellation);
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
