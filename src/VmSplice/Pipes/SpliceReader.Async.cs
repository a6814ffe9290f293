using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Memory;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice;

/// <content>
/// Reading without a thread that waits. What is there is read before the call returns; else the read waits in the one
/// epoll(7) loop of this process. One read at a time.
/// </content>
public sealed partial class SpliceReader
{
    private ReadOperation? _operation;
    private bool _isReading;

    internal DescriptorWatch DataWatch => _dataWatch;

    /// <summary>Reads what is there, and waits without a thread where nothing is.</summary>
    /// <param name="destination">Where to; overwritten from the start. Yours again once the task has ended.</param>
    /// <param name="cancellationToken">Ends the wait; then nothing was read.</param>
    /// <returns>The bytes read; 0 at the end of the stream, or for an empty destination.</returns>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
        => Start(new ReadGoal(new ReadDestination(destination), ElementSize: 1, UntilFull: false, MustBeFull: false), cancellationToken);

    /// <summary>Reads until the buffer is full or the stream ends, and waits without a thread in between.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="destination">A buffer that you own; overwritten from the start. Neither send nor dispose it before the task has ended.</param>
    /// <param name="cancellationToken">Ends the wait. What was read until then is in the buffer, and gone from the pipe: <see cref="BytesRead"/> counts it.</param>
    /// <returns>The whole elements read; fewer than the buffer's length at the end of the stream alone.</returns>
    /// <exception cref="EndOfStreamException">The stream ended inside of an element.</exception>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the reader is disposed, or was while the read waited.</exception>
    /// <exception cref="OverflowException">The buffer is 2 GiB long or longer. Read a part of its bytes at a time.</exception>
    public ValueTask<int> ReadAsync<T>([Writes] PageBuffer<T> destination, CancellationToken cancellationToken = default)
        where T : unmanaged
        => Start(GoalOf(destination), cancellationToken);

    /// <summary>Reads until the destination is full, and waits without a thread in between.</summary>
    /// <param name="destination">Where to. Yours again once the task has ended.</param>
    /// <param name="cancellationToken">Ends the wait. What was read until then is in the destination, and gone from the pipe: <see cref="BytesRead"/> counts it.</param>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public ValueTask ReadExactlyAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ReadGoal goal = new(new ReadDestination(destination), ElementSize: 1, UntilFull: true, MustBeFull: true);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Operation.StartWithoutResult(in goal, cancellationToken);
    }

    /// <summary>
    /// Ends a read that waits, with <see cref="ObjectDisposedException"/>: whoever asked for it is disposed, or what it reads
    /// into is. This reader is not.
    /// </summary>
    internal void InterruptRead()
    {
        _dataWatch.Interrupt();
        _disposal.Wake();
    }

    /// <summary>Reads what is there, as far as it is wanted.</summary>
    /// <returns>Whether that is enough, or all that will come; else the pipe is empty.</returns>
    internal unsafe bool TryRead(in ReadGoal goal, ref int filled)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (HasReadAhead)
        {
            filled += TakeReadAhead(goal.Destination.From(filled));
            if (!goal.UntilFull)
            {
                return true;
            }
        }

        while (filled < goal.Destination.Length)
        {
            nint read;
            int errno;

            // SAFETY: read(2) writes into the pinned destination during the call alone.
            Span<byte> rest = goal.Destination.From(filled);
            fixed (byte* first = rest)
            {
                read = _nonBlocking.TryRead(first, (nuint)rest.Length, out errno);
            }

            if (read >= 0)
            {
                filled += (int)read;
                BytesRead += read;
                Instruments.CountTransfer("read", Instruments.Receive, (nuint)rest.Length, read);
                if (read == 0 || !goal.UntilFull)
                {
                    return true;
                }
            }
            else if (errno == Errno.EAGAIN)
            {
                return false;
            }
            else if (errno != Errno.EINTR)
            {
                throw SystemCallException.Create("read", errno, DescriptorInfo.Describe(_end.Handle));
            }
        }

        return true;
    }

    /// <summary>Reserves the reader for one asynchronous read.</summary>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    internal void ReserveRead()
    {
        if (Interlocked.Exchange(ref _isReading, true))
        {
            throw new InvalidOperationException("A read of this reader runs already, or its result was never awaited. Await it before the next one.");
        }
    }

    /// <summary>Ends the reservation.</summary>
    internal void UnreserveRead() => Volatile.Write(ref _isReading, false);

    private static unsafe ReadGoal GoalOf<T>(PageBuffer<T> destination)
        where T : unmanaged
        => new(destination.AsReadDestination(checked(destination.Length * sizeof(T))), sizeof(T), UntilFull: true, MustBeFull: false);

    private ReadOperation Operation => _operation ??= new ReadOperation(this);

    private ValueTask<int> Start(in ReadGoal goal, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Operation.Start(in goal, cancellation);
    }
}
