using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>
/// Reading without a thread that waits. What is there is read before the call returns; else the read waits in the one
/// epoll(7) loop of this process. One read at a time.
/// </content>
public sealed partial class SpliceReader
{
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
        => Start(ReadGoal.Of(destination), cancellationToken);

    /// <summary>Reads until the destination is full, and waits without a thread in between.</summary>
    /// <param name="destination">Where to. Yours again once the task has ended.</param>
    /// <param name="cancellationToken">Ends the wait. What was read until then is in the destination, and gone from the pipe: <see cref="BytesRead"/> counts it.</param>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public ValueTask ReadExactlyAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ReadGoal goal = new(new ReadDestination(destination), ElementSize: 1, UntilFull: true, MustBeFull: true);
        Receiver.ThrowIfDisposed();
        return Receiver.MemoryRead.StartWithoutResult(in goal, cancellationToken);
    }

    private ValueTask<int> Start(in ReadGoal goal, CancellationToken cancellation)
    {
        Receiver.ThrowIfDisposed();
        return Receiver.MemoryRead.Start(in goal, cancellation);
    }
}
