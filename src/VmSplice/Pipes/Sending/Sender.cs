using System.Runtime.ExceptionServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// Sends into one pipe: the turn, the state after a send that stopped half-way, and the two drivers of <see cref="SendSteps"/>.
/// <see cref="Run"/> waits in the thread, <see cref="Start"/> without one. Each consumes what it sends, also where it fails.
/// </summary>
internal sealed class Sender
{
    private readonly PipeEnd _end;
    private readonly IncompleteSend _incomplete;
    private readonly PipeReaderKind _reader;
    private readonly Lock _memoryGate = new();
    private readonly FreeList<SendOperation> _operations = new();
    private readonly FreeList<SegmentList> _segmentLists = new();
    private SenderMemory? _memory;
    private BriefSpin _spin = new(MicrosecondsToTryAgain, mostBytes: long.MaxValue, mostSkipped: 1024);
    private CallGate? _caller;
    private volatile bool _disposed;
    private bool _isClosed;

    internal Sender(PipeEnd end, PipeReaderKind reader)
    {
        _end = end;
        _reader = reader;
        _incomplete = new IncompleteSend(end);
        Steps = new SendSteps(end);
        SpaceWatch = DescriptorWatch.ForSpace(end.Handle);
    }

    /// <summary>Sends by another policy than the machine's, for benchmarks.</summary>
    internal Sender(PipeEnd end, PipeReaderKind reader, SharingPolicy policy)
        : this(end, reader)
        => _memory = SenderMemory.Create(end, Steps, reader, policy);

    /// <summary>What exceptions call this: users know it by its facade.</summary>
    internal const string ObjectName = "SpliceWriter";

    /// <summary>
    /// The most capacity of a pipe in which a sender tries again before it waits: it is empty again before the sender would have been
    /// woken. In a larger one the reader has something to read meanwhile.
    /// </summary>
    private const int MostCapacityToTryAgain = 256 * 1024;

    /// <summary>A wait in poll(2) or epoll(7), and the time in which a reader copies so much as lies in such a pipe.</summary>
    private const int MicrosecondsToTryAgain = 64;

    internal PipeEnd End => _end;

    internal SendTurns Turns { get; } = new();

    internal SendSteps Steps { get; }

    internal SharingDecision Sharing => Memory.Sharing;

    internal PagePool Pool => Memory.Pool;

    internal DescriptorWatch SpaceWatch { get; }

    internal DisposalSignal Disposal { get; } = new();

    /// <summary>Gets whether pages are reused once they were read, as the mark at the pipe says.</summary>
    internal bool Recycles => Memory.Recycling.IsOn;

    /// <summary>The same, where it is known already: nothing was shared else.</summary>
    internal bool RecyclesSoFar => Volatile.Read(ref _memory) is { Recycling.IsOn: true };

    /// <summary>Gets the pages of this process that wait in the pipe, where it shares any.</summary>
    internal long PagesInFlight
        => _disposed || _end.Handle.IsClosed || Volatile.Read(ref _memory) is not { Sharing.SharesLargeSends: true }
            ? 0
            : (_end.BytesUnread + Environment.SystemPageSize - 1) / Environment.SystemPageSize;

    /// <summary>Gets whether every reader of the pipe has left, as far as that can be seen without a write.</summary>
    internal bool HasNoReader => !_disposed && _end.IsPipe && PipeWait.IsBroken(_end.Handle);

    internal static ObjectDisposedException WasDisposed() => new(ObjectName, "The writer is disposed, or was while this send waited.");

    /// <summary>Pages that stay their owner's, to be sent.</summary>
    internal PendingSend SendOf(IHeldPages held, nint address, nuint bytes)
        => new(OutgoingMemory.OfHeld(held, address, bytes)) { Shares = Sharing.Policy.SharesFrozenPages(bytes) };

    /// <summary>The first bytes of a block that its owner has left, to be given away.</summary>
    internal PendingSend GiftOf(PageBlock block, nuint bytes)
        => new(OutgoingMemory.OfBlock(block, bytes)) { Shares = Sharing.Policy.Shares, Flags = SpliceFlags.Gift };

    /// <summary>Sends the first bytes of a block that its owner has left, and returns it to its pool with the right fate.</summary>
    internal void SendBlock(PageBlock block, nuint bytes, CallGate? caller = null)
    {
        bool shares = block.MayBeShared && Sharing.Policy.SharesOwnPages(bytes);
        if (shares || !TryWriteAtOnce(block.Address, bytes, block, caller))
        {
            Run(new PendingSend(OutgoingMemory.OfBlock(block, bytes)) { Shares = shares, Caller = caller });
        }
    }

    /// <summary>The same without a thread that waits.</summary>
    internal ValueTask SendBlockAsync(PageBlock block, nuint bytes, ISendOwner? owner, CallGate? caller, CancellationToken cancellation)
    {
        bool shares = block.MayBeShared && Sharing.Policy.SharesOwnPages(bytes);
        return !shares && owner is null && !cancellation.IsCancellationRequested && TryWriteAtOnce(block.Address, bytes, block, caller)
            ? ValueTask.CompletedTask
            : Start(new PendingSend(OutgoingMemory.OfBlock(block, bytes)) { Shares = shares, Owner = owner, Caller = caller }, cancellation);
    }

    /// <summary>Copies bytes into the pipe with write(2).</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="caller">The call that this is a part of, which may be ended meanwhile.</param>
    internal unsafe void Write(ReadOnlySpan<byte> bytes, CallGate? caller)
    {
        // SAFETY: write(2) copies before it returns; the memory is pinned until then.
        fixed (byte* first = bytes)
        {
            Write((nint)first, (nuint)bytes.Length, caller);
        }
    }

    /// <summary>The same of memory that its owner keeps where it is until this returns.</summary>
    internal void Write(nint address, nuint bytes, CallGate? caller)
    {
        if (!TryWriteAtOnce(address, bytes, block: null, caller))
        {
            Run(new PendingSend(OutgoingMemory.OfCaller(address, bytes)) { Caller = caller });
        }
    }

    /// <summary>The same without a thread that waits.</summary>
    internal unsafe ValueTask WriteAsync<T>(ReadOnlyMemory<T> values, CallGate? caller, CancellationToken cancellation)
        where T : unmanaged
        => Start(new PendingSend(OutgoingMemory.OfPinned(values.Pin(), (nuint)values.Length * (nuint)sizeof(T))) { Caller = caller }, cancellation);

    /// <summary>The same of memory that its owner keeps where it is until it is told how the send ended.</summary>
    internal ValueTask WriteAsync(nint address, nuint bytes, ISendOwner owner, CallGate caller, CancellationToken cancellation)
        => Start(new PendingSend(OutgoingMemory.OfCaller(address, bytes)) { Owner = owner, Caller = caller }, cancellation);

    /// <summary>
    /// Writes bytes that go whole or not at all (PIPE_BUF), where the turn is free and nothing is to be said of them: without the books of a send that
    /// may wait, which cost as much as a third of such a call.
    /// </summary>
    /// <param name="address">Where they lie.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="block">The block that they are the first of, which its owner has left; none where the memory is the caller's.</param>
    /// <param name="caller">The call that this is a part of.</param>
    /// <returns>Whether it did, and the block is back in its pool. Else nothing happened, and the send goes its usual way, also where it fails.</returns>
    private bool TryWriteAtOnce(nint address, nuint bytes, PageBlock? block, CallGate? caller)
    {
        if (bytes is 0 or > Limits.PIPE_BUF || !_end.IsPipe || Instruments.CountsTransfers)
        {
            return false;
        }

        if (!Turns.TryEnter())
        {
            return false;
        }

        nint accepted = 0;
        try
        {
            GrowFor(bytes);
            if (!_disposed && !_incomplete.IsAny && caller is not { IsEnded: true })
            {
                accepted = Steps.TryWrite(address, bytes);
            }
        }
        catch (Exception)
        {
            // Nothing was written. The usual way finds the same, and has what it takes to tell.
        }

        if (accepted > 0 && accepted < (nint)bytes)
        {
            // What no kernel should do to a pipe. The rest goes on in this turn.
            OutgoingMemory memory = block is null ? OutgoingMemory.OfCaller(address, bytes) : OutgoingMemory.OfBlock(block, bytes);
            PendingSend rest = new(memory) { Caller = caller };
            rest.Memory.Advance((nuint)accepted, shared: false);
            Drive(rest, hasTurn: true);
            return true;
        }

        bool isThrough = accepted > 0;
        if (isThrough)
        {
            _incomplete.Begin();
            block?.Return(BlockFate.Reusable);
        }

        Turns.Exit();
        return isThrough;
    }

    /// <summary>Goes on in this thread with a send that has waited long enough, where no thread of the pool has come to it.</summary>
    /// <param name="caller">The call that the send is a part of. Who waits for another one goes on in no thread but his own.</param>
    internal void GoOn(CallGate caller)
    {
        if (SpaceWatch.LastSignalled is SendOperation operation && operation.Caller == caller)
        {
            operation.TryGoOn();
        }
    }

    /// <summary>Waits in this thread, for the turn and for room.</summary>
    internal void Run(PendingSend send) => Drive(send, hasTurn: false);

    private void Drive(PendingSend send, bool hasTurn)
    {
        Exception? error = null;
        try
        {
            if (!hasTurn)
            {
                Choose(ref send);
                Turns.Enter(send.Caller);
                hasTurn = true;
            }

            Begin(ref send);
            while (!TryTransfer(ref send))
            {
                PipeWait.ForSpace(_end.Handle, Disposal);
                ThrowIfDisposed();
                send.Caller?.ThrowIfEnded();
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        error = Finish(ref send, error);
        if (hasTurn)
        {
            Turns.Exit();
        }

        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>Sends what fits before it returns; the rest waits in the one epoll(7) loop of this process.</summary>
    internal ValueTask Start(PendingSend send, CancellationToken cancellation)
    {
        Choose(ref send);
        if (cancellation.IsCancellationRequested)
        {
            Finish(ref send, new OperationCanceledException(cancellation));
            return ValueTask.FromCanceled(cancellation);
        }

        if (!Turns.TryEnter())
        {
            return RentOperation().Queue(send, cancellation);
        }

        Exception? error = null;
        bool isThrough = false;
        try
        {
            Begin(ref send);
            isThrough = TryTransfer(ref send);
        }
        catch (Exception e)
        {
            error = e;
        }

        if (error is null && !isThrough)
        {
            return RentOperation().Continue(send, cancellation);
        }

        error = Finish(ref send, error);
        Turns.Exit();
        return error is null ? ValueTask.CompletedTask : ValueTask.FromException(error);
    }

    /// <summary>Begins a send that has its turn.</summary>
    internal void Begin(ref PendingSend send)
    {
        ThrowIfDisposed();
        _incomplete.ThrowIfAny();
        send.Caller?.ThrowIfEnded();
        send.Index = _incomplete.Begin();
        Volatile.Write(ref _caller, send.Caller);
    }

    /// <summary>Moves as much of a send as fits, and in a small pipe what fits a moment later.</summary>
    /// <returns>Whether all is through; else it is time to wait.</returns>
    internal bool TryTransfer(ref PendingSend send)
    {
        bool isThrough;
        do
        {
            nuint before = send.Memory.Remaining;
            isThrough = Steps.TryTransfer(ref send);
            if (send.Memory.Remaining != before)
            {
                _spin.End();
            }
        }
        while (!isThrough && _end.IsPipe && _end.KnownCapacity <= MostCapacityToTryAgain && _spin.ShouldTryAgain(Steps.Accepted));
        return isThrough;
    }

    /// <summary>Ends a send, with or without its turn: what may follow it, the books of its owner, and the memory.</summary>
    /// <returns>What to tell the caller.</returns>
    internal Exception? Finish(ref PendingSend send, Exception? error)
    {
        if (error is not null)
        {
            error = _incomplete.Judge(ref send, error);
        }

        if (send.Owner is { } owner)
        {
            error = Tell(owner, ref send, error);
        }

        if (send.Caller is { } caller)
        {
            Interlocked.CompareExchange(ref _caller, null, caller);
        }

        // What was not wholly accepted is nowhere in the stream that the pool counts by.
        PagePool? recycling = error is null && send.Flags == SpliceFlags.None && RecyclesSoFar ? Pool : null;
        send.Memory.Release(recycling, Steps.Accepted);
        send = default;
        return error;
    }

    /// <summary>Takes back an operation that was awaited.</summary>
    internal void Reuse(SendOperation operation) => _operations.Return(operation);

    internal SegmentList RentSegmentList() => _segmentLists.TryTake(out SegmentList? segments) ? segments : new SegmentList(_segmentLists);

    /// <summary>Whether a send of this length would share pages, so that the memory is not free when it returns.</summary>
    internal bool WouldShare(nuint bytes) => !IsShort(bytes) && Sharing.WouldShare(bytes);

    /// <summary>Grows the pipe where this send gains by it.</summary>
    internal void GrowFor(nuint bytes)
    {
        if (_disposed || IsShort(bytes))
        {
            return;
        }

        try
        {
            Sharing.GrowFor(bytes);
        }
        catch (ObjectDisposedException)
        {
            // Disposed in this moment. The send finds out when it has consumed its buffer.
        }
    }

    /// <summary>Grows the pipe where this send gains by it, and shares its pages only where that pays in a pipe of this size.</summary>
    private void Choose(ref PendingSend send)
    {
        GrowFor(send.Length);

        // A gift is shared whatever it costs: that is what was asked for.
        send.Shares = send.Shares && (send.Flags != SpliceFlags.None || Sharing.Policy.PaysInPipe(send.Length));
    }

    /// <summary>Whether a send is one of the first and so short that it is copied whatever this machine can do.</summary>
    private bool IsShort(nuint bytes) => Volatile.Read(ref _memory) is null && bytes < SharingPolicy.LeastShared && Steps.Accepted < SharingDecision.MuchSent;

    private SenderMemory Memory => Volatile.Read(ref _memory) ?? MakeMemory();

    private SenderMemory MakeMemory()
    {
        lock (_memoryGate)
        {
            if (_memory is { } made)
            {
                return made;
            }

            SenderMemory memory = Create();
            if (_isClosed)
            {
                // Whoever rents is told so.
                memory.Pool.Dispose();
            }

            if (memory.Sharing.SharesLargeSends)
            {
                Pipes.PagesInFlight.Watch(this);
            }

            Volatile.Write(ref _memory, memory);
            return memory;
        }
    }

    private SenderMemory Create()
    {
        try
        {
            return SenderMemory.Create(_end, Steps, _reader);
        }
        catch (ObjectDisposedException)
        {
            // The end is closed. Whoever rents or sends is told so in the writer's name.
            return SenderMemory.Create(_end, Steps, PipeReaderKind.Unknown);
        }
    }

    private void CloseMemory()
    {
        lock (_memoryGate)
        {
            _memory?.Pool.Dispose();
        }
    }

    /// <summary>Whether bytes that are forwarded may follow what was sent before. Whoever forwards has the turn.</summary>
    /// <returns>0, or EPIPE where the reader has left.</returns>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="IncompleteSendException">An earlier send was cancelled or failed half-way.</exception>
    internal int CheckForwarding()
    {
        ThrowIfDisposed();
        if (_incomplete.IsForLackOfReader)
        {
            return Errno.EPIPE;
        }

        ThrowIfIncomplete();
        return 0;
    }

    /// <exception cref="BrokenPipeException">The reader left in the middle of an earlier send.</exception>
    /// <exception cref="IncompleteSendException">An earlier send was cancelled or failed half-way.</exception>
    internal void ThrowIfIncomplete() => _incomplete.ThrowIfAny();

    internal void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw WasDisposed();
        }
    }

    /// <summary>Ends what a caller that is disposed still sends, or waits to send. This sender stays open.</summary>
    internal void Interrupt(CallGate caller)
    {
        Turns.Withdraw(caller);
        if (ReferenceEquals(Volatile.Read(ref _caller), caller))
        {
            SpaceWatch.Interrupt();
            Disposal.Wake();
        }
    }

    /// <summary>Ends the calls that wait, and lets no further one begin.</summary>
    internal void EndCalls()
    {
        _disposed = true;
        Disposal.Set();
        SpaceWatch.Dispose();
    }

    /// <summary>The same, and closes the end once the send that is at work, if any, is through.</summary>
    internal void Close()
    {
        EndCalls();
        if (Interlocked.Exchange(ref _isClosed, true))
        {
            return;
        }

        Turns.Close(() =>
        {
            Steps.Dispose();
            _end.Dispose();
            CloseMemory();
        });
    }

    private static Exception? Tell(ISendOwner owner, ref PendingSend send, Exception? error)
    {
        if (error is null)
        {
            owner.OnSent(send.Length);
            return null;
        }

        if (send.Accepted == 0 && error is OperationCanceledException)
        {
            owner.OnUntouched(send.Memory.TakeBlock(), send.Length);
            return error;
        }

        return owner.OnFailed(error);
    }

    private SendOperation RentOperation() => _operations.TryTake(out SendOperation? operation) ? operation : new SendOperation(this);
}
