using VmSplice.Pipes;

namespace VmSplice;

/// <content>Spliceable buffers: scattered straight into the segments.</content>
public sealed partial class SpliceReader
{
    /// <summary>Receives a buffer into new pages.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceive{TBuffer}()"/>
    public TBuffer Receive<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => TryReceive<TBuffer>() ?? throw BufferStreamErrors.Ended(TBuffer.Layout);

    /// <summary>Receives a buffer into new pages, or finds that the stream has ended.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <returns>
    /// The buffer, yours to read, write, send on or dispose; <see langword="null"/> where the sender has completed the stream
    /// (<see cref="SpliceWriter.CompleteBuffers"/>).
    /// </returns>
    /// <exception cref="BufferStreamException">
    /// What arrived is damaged, laid out differently, or has an invalid value, with the segment and the byte; or the stream was
    /// cut: the pipe has ended and its sender did not complete the stream.
    /// </exception>
    /// <exception cref="InvalidOperationException">A length varies, and without <see cref="SpliceReaderOptions.Framed"/> nobody tells it; or an asynchronous read was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the receive waited.</exception>
    public TBuffer? TryReceive<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.TryReceive<TBuffer>();

    /// <summary>Receives into a buffer that you own; what it held is overwritten.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours; where this throws, its content is unspecified.</param>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceiveInto{TBuffer}(TBuffer)"/>
    public void ReceiveInto<TBuffer>([Writes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        if (!TryReceiveInto(buffer))
        {
            throw BufferStreamErrors.Ended(TBuffer.Layout);
        }
    }

    /// <summary>Receives into a buffer that you own, or finds that the stream has ended.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours; where this throws, its content is unspecified.</param>
    /// <returns>
    /// Whether a buffer arrived; <see langword="false"/> where the sender has completed the stream
    /// (<see cref="SpliceWriter.CompleteBuffers"/>).
    /// </returns>
    /// <exception cref="BufferStreamException">
    /// What arrived is damaged, laid out differently, or has an invalid value, with the segment and the byte; or the stream was
    /// cut: the pipe has ended and its sender did not complete the stream.
    /// </exception>
    /// <exception cref="InvalidOperationException">An asynchronous read was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over, or the reader is disposed; before or while the receive waited.</exception>
    public bool TryReceiveInto<TBuffer>([Writes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Buffers.TryReceiveInto(buffer);
}
