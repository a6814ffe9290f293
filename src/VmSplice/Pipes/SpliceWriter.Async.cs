using System.Buffers;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice;

/// <content>
/// Sending without a thread that waits. What fits is sent before the call returns; the rest waits in the one epoll(7) loop
/// of this process. The descriptor's flags stay as they are. Each member may be called while other sends run.
/// </content>
public sealed partial class SpliceWriter
{
    private readonly Lock _operationsGate = new();
    private SendOperation? _freeOperations;

    internal SendTurns Turns => _turns;

    internal DescriptorWatch SpaceWatch => _spaceWatch;

    /// <inheritdoc cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>
    public ValueTask SendAsync<T>([Consumes] PageBuffer<T> buffer, CancellationToken cancellationToken = default)
        where T : unmanaged
        => SendAsync(buffer, buffer.Length, cancellationToken);

    /// <summary>
    /// Moves a buffer into the pipe, and waits without a thread while the pipe is full. The buffer is consumed by the call
    /// itself, before the first wait, also where the send fails or is cancelled; its pages go back on their own.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <param name="length">How many of its elements to send, from the first.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. Before the pipe accepted anything, it is as if nothing had been sent. After a part was accepted,
    /// the <see cref="OperationCanceledException"/> has a <see cref="TornSendException"/> inside, and every later send
    /// of this writer throws that.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the buffer has; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public unsafe ValueTask SendAsync<T>([Consumes] PageBuffer<T> buffer, int length, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        return SendBlockAsync(buffer.Leave(PageBufferState.Sent), (nuint)length * (nuint)sizeof(T), owner: null, caller: null, cancellationToken);
    }

    /// <summary>Sends frozen pages, and waits without a thread while the pipe is full. They stay valid and can be sent again.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages. Disposed meanwhile, they are given up once this send is through.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The pages or the writer are disposed, or the writer was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public unsafe ValueTask SendAsync<T>(FrozenPages<T> pages, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        nuint bytes = (nuint)pages.Length * (nuint)sizeof(T);
        return Start(
            new Transfer { Address = pages.Hold(), Remaining = bytes, Length = bytes, Shares = _policy.SharesFrozenPages(bytes), Held = pages },
            cancellationToken);
    }

    /// <summary>Gives a buffer's pages away as <see cref="Gift{T}(PageBuffer{T})"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. It is consumed by the call itself, also where the gift fails or is cancelled.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ArgumentException">The elements do not fill whole pages; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the gift waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask GiftAsync<T>([Consumes] PageBuffer<T> buffer, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        nuint bytes = BytesOfGift(buffer);
        PageBlock block = buffer.Leave(PageBufferState.Gifted);
        return Start(
            new Transfer { Address = block.Address, Remaining = bytes, Length = bytes, Shares = _policy.Shares, Flags = SpliceFlags.Gift, Block = block },
            cancellationToken);
    }

    /// <summary>Copies bytes into the pipe with write(2), and waits without a thread while it is full.</summary>
    /// <param name="bytes">The bytes. Must not change until the task has ended; then the memory is the caller's to reuse.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the write waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
        => WriteAsync<byte>(bytes, cancellationToken);

    /// <summary>Copies values into the pipe as they lie in memory, with write(2), and waits without a thread while it is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="values">The values. Must not change until the task has ended; then the memory is the caller's to reuse.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the write waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask WriteAsync<T>(ReadOnlyMemory<T> values, CancellationToken cancellationToken = default)
        where T : unmanaged
        => WriteAsync(values, caller: null, cancellationToken);

    /// <summary>The same as a part of a call that may be ended meanwhile.</summary>
    internal unsafe ValueTask WriteAsync<T>(ReadOnlyMemory<T> values, CallGate? caller, CancellationToken cancellationToken)
        where T : unmanaged
    {
        MemoryHandle pin = values.Pin();
        nuint bytes = (nuint)values.Length * (nuint)sizeof(T);
        return Start(new Transfer { Address = (nint)pin.Pointer, Remaining = bytes, Length = bytes, Pin = pin, Caller = caller }, cancellationToken);
    }

    /// <summary>Sends the first bytes of a block that its owner has left.</summary>
    internal ValueTask SendBlockAsync(PageBlock block, nuint bytes, ITransferOwner? owner, CallGate? caller, CancellationToken cancellation)
        => Start(
            new Transfer { Address = block.Address, Remaining = bytes, Length = bytes, Shares = _policy.SharesOwnPages(bytes), Block = block, Owner = owner, Caller = caller },
            cancellation);

    /// <summary>Begins a send that has its turn.</summary>
    internal void Begin(ref Transfer transfer)
    {
        ThrowIfDisposed();
        ThrowIfTorn();
        transfer.Caller?.ThrowIfEnded();
        transfer.Index = _sends++;
        Volatile.Write(ref _caller, transfer.Caller);
    }

    /// <summary>Moves as much as fits. The sender has its turn.</summary>
    /// <returns>Whether all is through; else the pipe is full.</returns>
    internal bool TryTransfer(ref Transfer transfer)
    {
        while (transfer.Remaining != 0)
        {
            // SAFETY: the transfer keeps the memory alive and where it is; write(2) reads it during the call alone.
            IoVec single = new(transfer.Address, transfer.Remaining);
            SpliceFlags flags = transfer.Flags;
            transfer.Shares = transfer.Shares && !_sender.IsRefused;
            ReadOnlySpan<IoVec> next = transfer.Gathered is { } gathered
                ? NextCall(gathered.Rest, transfer.Shares, ref flags)
                : new ReadOnlySpan<IoVec>(in single);
            nint accepted = transfer.Shares
                ? _sender.TryShare(next, flags, out int errno)
                : _nonBlocking.TryWrite(next, out errno);
            if (accepted >= 0)
            {
                nuint wanted = SegmentRun.BytesOf(next);
                transfer.Advance(accepted);
                Volatile.Write(ref _accepted, _accepted + accepted);
                Instruments.CountTransfer(Call(in transfer), Instruments.Transmit, wanted, accepted);
                if ((nuint)accepted < wanted && (transfer.Shares || _nonBlocking.MovesAllItCan))
                {
                    // The pipe is full. Another attempt would only say so.
                    return false;
                }

                continue;
            }

            switch (errno)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return false;
                case var _ when transfer.Shares && _sender.IsRefused:
                    // Such as a kernel that takes the flag on no pipe that is O_NONBLOCK already. The same bytes go by write(2).
                    continue;
                default:
                    throw Failed(Call(in transfer), errno);
            }
        }

        return true;

        static string Call(in Transfer transfer) => transfer.Shares ? "vmsplice" : transfer.Gathered is null ? "write" : "writev";
    }

    /// <summary>Ends a send, with or without its turn: the writer's state, the books of its owner, and the memory.</summary>
    /// <returns>What to tell the caller.</returns>
    internal Exception? End(ref Transfer transfer, Exception? error)
    {
        if (transfer.Accepted != 0 && transfer.Remaining != 0 && error is not null)
        {
            var torn = new TornSendException(transfer.Index, (long)transfer.Accepted, (long)transfer.Length, error as IOException);
            Tear(torn);
            error = error switch
            {
                OperationCanceledException canceled => new OperationCanceledException(torn.Message, torn, canceled.CancellationToken),
                ObjectDisposedException => new ObjectDisposedException(torn.Message, torn),
                _ => error,
            };
        }

        if (error is null)
        {
            transfer.Owner?.OnSent(transfer.Length);
        }
        else if (transfer.Owner is { } owner)
        {
            if (transfer.Accepted == 0 && error is OperationCanceledException)
            {
                owner.OnUntouched(transfer.Block!, transfer.Length);
                transfer.Block = null;
            }
            else
            {
                error = owner.OnFailed(error);
            }
        }

        if (transfer.Caller is { } caller)
        {
            Interlocked.CompareExchange(ref _caller, null, caller);
        }

        // What was not wholly accepted is nowhere in the stream that the pool counts by.
        PagePool? recycling = error is null && transfer.Flags == SpliceFlags.None && _recycles ? _pool : null;
        GatheredSegments? gathered = transfer.Gathered;
        transfer.Release(recycling, _accepted);
        if (gathered is not null)
        {
            ReturnGathered(gathered);
        }

        return error;
    }

    /// <summary>Takes back an operation that was awaited.</summary>
    internal void Reuse(SendOperation operation)
    {
        lock (_operationsGate)
        {
            operation.NextFree = _freeOperations;
            _freeOperations = operation;
        }
    }

    private ValueTask Start(Transfer transfer, CancellationToken cancellation)
    {
        GrowFor(transfer.Length);
        if (cancellation.IsCancellationRequested)
        {
            End(ref transfer, new OperationCanceledException(cancellation));
            return ValueTask.FromCanceled(cancellation);
        }

        if (!_turns.TryEnter())
        {
            return RentOperation().Queue(transfer, cancellation);
        }

        Exception? error = null;
        bool isThrough = false;
        try
        {
            Begin(ref transfer);
            isThrough = TryTransfer(ref transfer);
        }
        catch (Exception e)
        {
            error = e;
        }

        if (error is null && !isThrough)
        {
            return RentOperation().Continue(transfer, cancellation);
        }

        error = End(ref transfer, error);
        _turns.Exit();
        return error is null ? ValueTask.CompletedTask : ValueTask.FromException(error);
    }

    private SendOperation RentOperation()
    {
        lock (_operationsGate)
        {
            if (_freeOperations is not { } operation)
            {
                return new SendOperation(this);
            }

            _freeOperations = operation.NextFree;
            operation.NextFree = null;
            return operation;
        }
    }
}
