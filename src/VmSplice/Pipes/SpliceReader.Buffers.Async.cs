namespace VmSplice;

/// <content>Spliceable buffers, without a thread that waits.</content>
public sealed partial class SpliceReader
{
    /// <summary>Receives a buffer into new pages, and waits without a thread while it has not arrived.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>.</param>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>
    public ValueTask<TBuffer> ReceiveAsync<TBuffer>(CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.ReceiveAsync<TBuffer>(cancellationToken);

    /// <summary>Receives a buffer into new pages, or finds that the stream has ended; waits without a thread.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="cancellationToken">
    /// Ends the wait. Before anything of the buffer was read, nothing is lost. Afterwards the part is gone from the pipe, and
    /// the stream goes on inside of a buffer: <see cref="BytesRead"/> counts it. Dispose the reader then.
    /// </param>
    /// <returns>
    /// The buffer, yours to read, write, send on or dispose; <see langword="null"/> where the sender has completed the stream
    /// (<see cref="SpliceWriter.CompleteBuffers"/>).
    /// </returns>
    /// <exception cref="BufferStreamException">As of <see cref="TryReceive{TBuffer}()"/>.</exception>
    /// <exception cref="InvalidOperationException">A length varies, and without <see cref="SpliceReaderOptions.Framed"/> nobody tells it; or the read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public ValueTask<TBuffer?> TryReceiveAsync<TBuffer>(CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.TryReceiveAsync<TBuffer>(cancellationToken);

    /// <summary>Receives into a buffer that you own, and waits without a thread while it has not arrived; what it held is overwritten.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours: neither touch, send nor dispose it before the task has ended. Where that fails, its content is unspecified.</param>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>.</param>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceiveIntoAsync{TBuffer}(TBuffer, CancellationToken)"/>
    public ValueTask ReceiveIntoAsync<TBuffer>([Writes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.ReceiveIntoAsync(buffer, cancellationToken);

    /// <summary>Receives into a buffer that you own, or finds that the stream has ended; waits without a thread.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours: neither touch, send nor dispose it before the task has ended. Where that fails, its content is unspecified.</param>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>.</param>
    /// <returns>
    /// Whether a buffer arrived; <see langword="false"/> where the sender has completed the stream
    /// (<see cref="SpliceWriter.CompleteBuffers"/>).
    /// </returns>
    /// <exception cref="BufferStreamException">As of <see cref="TryReceive{TBuffer}()"/>.</exception>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over, or the reader is disposed; before or while the read waited.</exception>
    public ValueTask<bool> TryReceiveIntoAsync<TBuffer>([Writes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.TryReceiveIntoAsync(buffer, cancellationToken);
}
