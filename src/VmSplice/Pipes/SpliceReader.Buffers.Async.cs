using VmSplice.Buffers;
using VmSplice.Pipes;
using VmSplice.Readiness;

namespace VmSplice;

/// <content>Spliceable buffers, without a thread that waits.</content>
public sealed partial class SpliceReader
{
    /// <summary>Receives a buffer into new pages, and waits without a thread while it has not arrived.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="header">Whether the sender sends a header before it.</param>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(bool, CancellationToken)"/>.</param>
    /// <exception cref="EndOfStreamException">The stream ended; no buffer was begun.</exception>
    /// <inheritdoc cref="TryReceiveAsync{TBuffer}(bool, CancellationToken)"/>
    public async ValueTask<TBuffer> ReceiveAsync<TBuffer>(bool header = true, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => await TryReceiveAsync<TBuffer>(header, cancellationToken).ConfigureAwait(false) ?? throw Ended(TBuffer.Layout);

    /// <summary>Receives a buffer into new pages, or finds that the stream has ended; waits without a thread.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="header">Whether the sender sends a header before it.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. Before anything of the buffer was read, nothing is lost. Afterwards the part is gone from the pipe, and
    /// the stream goes on inside of a buffer: <see cref="BytesRead"/> counts it. Dispose the reader then.
    /// </param>
    /// <returns>The buffer, yours to read, write, send on or dispose; <see langword="null"/> where the stream ended before it.</returns>
    /// <exception cref="BufferStreamException">
    /// What arrived is cut, damaged, laid out differently, or has an invalid value; says in which segment and at which byte.
    /// </exception>
    /// <exception cref="InvalidOperationException">A length varies, and without a header nobody tells it; or the read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The reader is disposed, or was while the read waited.</exception>
    public async ValueTask<TBuffer?> TryReceiveAsync<TBuffer>(bool header = true, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        BufferPages pages = RentPages(TBuffer.Layout, header);
        bool received = false;
        try
        {
            received = await TryReceiveAsync<TBuffer>(pages, header, cancellationToken).ConfigureAwait(false);
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
    /// <param name="header">Whether the sender sends a header before it. Without one, the lengths that vary must be set before.</param>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(bool, CancellationToken)"/>.</param>
    /// <exception cref="EndOfStreamException">The stream ended; no buffer was begun.</exception>
    /// <inheritdoc cref="TryReceiveIntoAsync{TBuffer}(TBuffer, bool, CancellationToken)"/>
    public async ValueTask ReceiveIntoAsync<TBuffer>([Writes] TBuffer buffer, bool header = true, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        if (!await TryReceiveIntoAsync(buffer, header, cancellationToken).ConfigureAwait(false))
        {
            throw Ended(TBuffer.Layout);
        }
    }

    /// <summary>Receives into a buffer that you own, or finds that the stream has ended; waits without a thread.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It stays yours: neither touch, send nor dispose it before the task has ended. Where that fails, its content is unspecified.</param>
    /// <param name="header">Whether the sender sends a header before it. Without one, the lengths that vary must be set before.</param>
    /// <param name="cancellationToken">As of <see cref="TryReceiveAsync{TBuffer}(bool, CancellationToken)"/>.</param>
    /// <returns>Whether a buffer arrived; <see langword="false"/> where the stream ended before it.</returns>
    /// <exception cref="BufferStreamException">
    /// What arrived is cut, damaged, laid out differently, or has an invalid value; says in which segment and at which byte.
    /// </exception>
    /// <exception cref="InvalidOperationException">The read before was not awaited.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over, or the reader is disposed; before or while the read waited.</exception>
    public ValueTask<bool> TryReceiveIntoAsync<TBuffer>([Writes] TBuffer buffer, bool header = true, CancellationToken cancellationToken = default)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(buffer);
        return TryReceiveAsync<TBuffer>(buffer.Pages, header, cancellationToken);
    }

    private async ValueTask<bool> TryReceiveAsync<TBuffer>(BufferPages pages, bool header, CancellationToken cancellation)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        // One read at a time: the buffer's several are one.
        Operation.Reserve();
        try
        {
            cancellation.ThrowIfCancellationRequested();
            if (header && !await TryReceiveHeaderAsync(pages, cancellation).ConfigureAwait(false))
            {
                return false;
            }

            return IsReceived<TBuffer>(pages, header, await ScatterAsync(pages, BufferPart.Segments, cancellation).ConfigureAwait(false));
        }
        finally
        {
            Operation.Unreserve();
        }
    }

    private async ValueTask<bool> TryReceiveHeaderAsync(BufferPages pages, CancellationToken cancellation)
    {
        long filled = await ScatterAsync(pages, BufferPart.HeaderStart, cancellation).ConfigureAwait(false);
        if (HeaderGoesOn(pages, filled))
        {
            filled += await ScatterAsync(pages, BufferPart.HeaderRest, cancellation).ConfigureAwait(false);
        }

        return IsHeaderReceived(pages, filled);
    }

    /// <summary>Fills a part of a buffer.</summary>
    /// <returns>The bytes read; fewer than the part has at the end of the stream alone.</returns>
    private async ValueTask<long> ScatterAsync(BufferPages pages, BufferPart part, CancellationToken cancellation)
    {
        long filled = 0;
        while (!TryScatter(pages, part, ref filled))
        {
            await ReadinessTask.WaitAsync(_dataWatch, cancellation).ConfigureAwait(false);
        }

        return filled;
    }

    // Looked up at each attempt: a buffer that its owner disposed while this waited is found out.
    private bool TryScatter(BufferPages pages, BufferPart part, ref long filled)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Span<IoVec> segments = stackalloc IoVec[pages.MostSegments];
        segments = segments[..pages.Describe(segments, header: part != BufferPart.Segments)];
        if (part != BufferPart.Segments)
        {
            IoVec header = segments[0];
            segments = segments[..1];
            segments[0] = part == BufferPart.HeaderStart
                ? new IoVec(header.Address, BufferHeader.Least)
                : new IoVec(header.Address + BufferHeader.Least, header.Length - BufferHeader.Least);
        }

        Span<IoVec> rest = Interop.SegmentRun.Skip(segments, (nuint)filled);
        return TryScatter(ref rest, ref filled, mayBlock: false);
    }
}
