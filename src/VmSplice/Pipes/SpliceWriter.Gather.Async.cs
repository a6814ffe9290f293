namespace VmSplice;

/// <content>Many segments in one piece, without a thread that waits.</content>
public sealed partial class SpliceWriter
{
    /// <summary>
    /// Moves a buffer into the pipe, all its segments gathered, and waits without a thread while the pipe is full. It is
    /// consumed by the call itself, before the first wait, also where the send fails or is cancelled.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask SendAsync<TBuffer>([Consumes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Sender.Start(Buffers.SendOf(PagesOf(buffer)), cancellationToken);

    /// <summary>Gives a buffer's pages away as <see cref="Gift{TBuffer}(TBuffer)"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It is consumed by the call itself, also where the gift fails or is cancelled.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the gift waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask GiftAsync<TBuffer>([Consumes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Sender.Start(Buffers.GiftOf(PagesOf(buffer)), cancellationToken);

    /// <summary>Moves buffers into the pipe as <see cref="SendAll{T}"/> does, and waits without a thread while the pipe is full.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffers">Any number of buffers; consumed by the call itself, also where the send fails or one of them was not yours.</param>
    /// <param name="cancellationToken">As of <see cref="SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">A buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask SendAllAsync<T>([Consumes] ReadOnlySpan<PageBuffer<T>> buffers, CancellationToken cancellationToken = default)
        where T : unmanaged
        => Sender.Start(Buffers.SendOfAll(buffers), cancellationToken);
}
