using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using VmSplice.Memory;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// Keeps the sends of one writer apart, so that each stays in one piece: threads that block and operations that do not
/// wait in one queue, first come first served. A turn that is free costs one compare-and-swap.
/// </summary>
internal sealed class SendTurns
{
    private const int Free = 0;
    private const int Taken = 1;

    // Taken, and whoever exits must look into the queue.
    private const int Contended = 2;

    [ThreadStatic]
    private static BlockedThread? _blockedThread;

    private readonly Lock _gate = new();
    private readonly LinkedList<ITurnWaiter> _queue = [];
    private int _state;
    private Action? _close;

    /// <summary>Gets how many wait for their turn.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Takes the turn if it is free.</summary>
    internal bool TryEnter() => Interlocked.CompareExchange(ref _state, Taken, Free) == Free;

    /// <summary>Takes the turn, and blocks the thread until it comes.</summary>
    /// <param name="caller">The call that this is a part of, which may be ended meanwhile.</param>
    /// <param name="ended">Tells that what the turn is for is disposed.</param>
    /// <exception cref="ObjectDisposedException">The writer was disposed before, or the call ended.</exception>
    internal void Enter(CallGate? caller = null, CancellationToken ended = default)
    {
        if (TryEnter())
        {
            return;
        }

        BlockedThread thread = _blockedThread ??= new BlockedThread();
        thread.Caller = caller;
        bool entered = TryEnterOrQueue(thread, ended, out WaitStart start);
        if (!entered && start == WaitStart.Waiting)
        {
            using CancellationTokenRegistration registration = ended.UnsafeRegister(
                static state =>
                {
                    (SendTurns turns, BlockedThread waiting) = ((SendTurns, BlockedThread))state!;
                    turns.Withdraw(waiting);
                },
                (this, thread));
            entered = WaitForTurn(thread);
        }

        if (!entered)
        {
            caller?.ThrowIfEnded();
            throw Sender.WasDisposed();
        }
    }

    /// <summary>Takes the turn, or queues for it, or neither, for the reason in <paramref name="start"/>.</summary>
    internal bool TryEnterOrQueue(ITurnWaiter waiter, CancellationToken cancellation, out WaitStart start)
    {
        lock (_gate)
        {
            start = _close is not null || waiter.Caller is { IsEnded: true } ? WaitStart.Disposed
                : cancellation.IsCancellationRequested ? WaitStart.Canceled
                : WaitStart.Waiting;
            if (start != WaitStart.Waiting)
            {
                return false;
            }

            if (Interlocked.Exchange(ref _state, Contended) == Free)
            {
                return true;
            }

            _queue.AddLast(waiter.Place);
            return false;
        }
    }

    /// <summary>Takes somebody out of the queue. <see langword="false"/> where it is not there.</summary>
    internal bool TryWithdraw(ITurnWaiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Place.List is null)
            {
                return false;
            }

            _queue.Remove(waiter.Place);
            return true;
        }
    }

    /// <summary>Sends everybody away who waits as a part of a call that has ended.</summary>
    internal void Withdraw(CallGate caller)
    {
        ITurnWaiter[] waiting;
        lock (_gate)
        {
            waiting = [.. _queue.Where(waiter => ReferenceEquals(waiter.Caller, caller))];
        }

        foreach (ITurnWaiter waiter in waiting)
        {
            Withdraw(waiter);
        }
    }

    private void Withdraw(ITurnWaiter waiter)
    {
        if (TryWithdraw(waiter))
        {
            waiter.OnClosed();
        }
    }

    /// <summary>Gives the turn to the next in the queue.</summary>
    internal void Exit()
    {
        Debug.Assert(Volatile.Read(ref _state) != Free, "exited more often than entered");
        if (Interlocked.CompareExchange(ref _state, Free, Taken) != Taken)
        {
            ExitContended();
        }
    }

    /// <summary>
    /// Sends everybody in the queue away, lets nobody in any more, and runs an action once the send that is at work, if
    /// any, is through.
    /// </summary>
    internal void Close(Action close)
    {
        ITurnWaiter[] waiting;
        bool nobodyAtWork;
        lock (_gate)
        {
            Debug.Assert(_close is null, "closed twice");
            waiting = [.. _queue];
            _queue.Clear();
            _close = close;
            nobodyAtWork = Interlocked.Exchange(ref _state, Contended) == Free;
        }

        foreach (ITurnWaiter waiter in waiting)
        {
            waiter.OnClosed();
        }

        if (nobodyAtWork)
        {
            close();
        }
    }

    private bool WaitForTurn(BlockedThread thread)
    {
        try
        {
            return thread.WaitUntilTold();
        }
        catch (ThreadInterruptedException)
        {
            // Out of the queue already: told, or about to be, and the turn would be nobody's.
            if (!TryWithdraw(thread) && thread.WaitUntilTold())
            {
                Exit();
            }

            throw;
        }
    }

    private void ExitContended()
    {
        ITurnWaiter? next = null;
        Action? close = null;
        lock (_gate)
        {
            if (_queue.First is { } first)
            {
                next = first.Value;
                _queue.RemoveFirst();
                Volatile.Write(ref _state, _queue.Count == 0 && _close is null ? Taken : Contended);
            }
            else if (_close is null)
            {
                Volatile.Write(ref _state, Free);
            }
            else
            {
                close = _close;
            }
        }

        next?.OnTurn();
        close?.Invoke();
    }

    [SuppressMessage(
        "Design",
        "CA1001:Types that own disposable fields should be disposable",
        Justification = "lives as long as its thread, and its wait handle is never made")]
    private sealed class BlockedThread : ITurnWaiter
    {
        private readonly SemaphoreSlim _told = new(0);
        private bool _hasTurn;

        internal BlockedThread() => Place = new LinkedListNode<ITurnWaiter>(this);

        public LinkedListNode<ITurnWaiter> Place { get; }

        public CallGate? Caller { get; set; }

        public void OnTurn() => Tell(hasTurn: true);

        public void OnClosed() => Tell(hasTurn: false);

        internal bool WaitUntilTold()
        {
            _told.Wait();
            return _hasTurn;
        }

        private void Tell(bool hasTurn)
        {
            _hasTurn = hasTurn;
            _told.Release();
        }
    }
}
