using System.Runtime.CompilerServices;
using VmSplice.Buffers;
using VmSplice.Pipes;

namespace VmSplice;

/// <content>Spliceable buffers, without a thread that waits.</content>
public sealed partial class SpliceReader
{
    private ReceiveOperation? _receiveOperation;

    /// <summary>Receives a buffer into new pages, and waits without a thread while it has not arrived.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>.</param>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TBuffer> ReceiveAsync<TBuffer>(CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => await TryReceiveAsync<TBuffer>(cancellationToken).ConfigureAwait(false) ?? throw Ended(TBuffer.Layout);

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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TBuffer?> TryReceiveAsync<TBuffer>(CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        BufferPages pages = RentPages(TBuffer.Layout);
        bool received = false;
        try
        {
            received = await ReceiveOperation.Start(pages, ElementCheck<TBuffer>.IndexOfInvalid, cancellationToken).ConfigureAwait(false);
            return received ? TBuffer.Create(pages) : null;
        }
        finally
        {
            if (!received)
            {
                pages.Dispose();
            }
        }
    }

    /// <summary>Receives into a buffer that you own, and waits without a thread while it has not arrived; what it held is overwritten.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours: neither touch, send nor dispose it before the task has ended. Where that fails, its content is unspecified.</param>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(CancellationToken)"/>.</param>
    /// <exception cref="EndOfStreamException">The sender has completed the stream, so no further buffer comes.</exception>
    /// <inheritdoc cref="TryReceiveIntoAsync{TBuffer}(TBuffer, CancellationToken)"/>
    public ValueTask ReceiveIntoAsync<TBuffer>([Writes] TBuffer buffer, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => ReceiveOperationFor(buffer).StartWithoutResult(buffer.Pages, ElementCheck<TBuffer>.IndexOfInvalid, cancellationToken);

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
        => ReceiveOperationFor(buffer).Start(buffer.Pages, ElementCheck<TBuffer>.IndexOfInvalid, cancellationToken);

    /// <summary>Fills what is left of a part of a buffer, as far as the pipe has something for it.</summary>
    /// <returns>Whether it is full or the stream has ended; else the pipe is empty.</returns>
    internal bool TryScatter(BufferPages pages, BufferPart part, ref long filled)
    {
        // Looked up at each attempt: a buffer that its owner disposed while this waited is found out.
        ObjectDisposedException.ThrowIf(_disposed, this);
        Span<IoVec> segments = stackalloc IoVec[pages.MostSegments];
        segments = segments[..pages.Describe(segments, header: part != BufferPart.Segments)];
        if (part != BufferPart.Segments)
        {
            segments = segments[..1];
            segments[0] = new IoVec(segments[0].Address, part == BufferPart.HeaderStart ? BufferHeader.Least : segments[0].Length);
        }

        Span<IoVec> rest = Interop.SegmentRun.Skip(segments, (nuint)filled);
        return TryScatter(ref rest, ref filled);
    }

    private ReceiveOperation ReceiveOperation => _receiveOperation ??= new ReceiveOperation(this);

    private ReceiveOperation ReceiveOperationFor<TBuffer>(TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(buffer);
        return ReceiveOperation;
    }

    /// <summary>What an operation that serves all buffers needs to know of one; made once for each type.</summary>
    private static class ElementCheck<TBuffer>
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        internal static readonly Func<BufferPages, int, int> IndexOfInvalid = TBuffer.IndexOfInvalidElement;
    }
}
