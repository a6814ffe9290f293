using VmSplice.Buffers;
using VmSplice.CompilerServices;
using VmSplice.Memory;

namespace VmSplice;

/// <content>Spliceable buffers: all segments of one in one gathered call.</content>
public sealed partial class SpliceWriter
{
    /// <summary>
    /// Moves a buffer into the pipe, all its segments gathered in one call for each time that the pipe has room. It is
    /// consumed, also where the send fails.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public void Send<TBuffer>([Consumes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Sender.Run(Buffers.SendOf(PagesOf(buffer)));

    /// <summary>
    /// Gives a buffer's pages away: this process never writes to nor reuses them. Whole pages go with SPLICE_F_GIFT, what a
    /// segment has beyond them without it.
    /// </summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It is consumed, also where the gift fails half-way.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before, or the writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public void Gift<TBuffer>([Consumes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Sender.Run(Buffers.GiftOf(PagesOf(buffer)));

    /// <summary>
    /// Ends a stream of spliceable buffers, so that the reader knows that these are all. Without it the end of the pipe is a
    /// <see cref="BufferStreamException"/> there: the sender may have died. Once is enough. Without
    /// <see cref="SpliceWriterOptions.Framed"/> nothing is sent, and the end of the pipe is the end.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public void CompleteBuffers() => Buffers.Complete();

    /// <summary>As <see cref="CompleteBuffers"/>, and waits without a thread while the pipe is full.</summary>
    /// <param name="cancellationToken">Ends the wait; the stream is not completed then, and this can be called again.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while this waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask CompleteBuffersAsync(CancellationToken cancellationToken = default) => Buffers.CompleteAsync(cancellationToken);

    private static BufferPages PagesOf<TBuffer>(TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.Pages;
    }

    /// <summary>Rents the memory of a buffer that lies elsewhere than on this machine's pages, for tests of other page sizes.</summary>
    internal BufferPages RentPages(BufferLayout layout, SegmentPlaces places) => BufferPages.Rent(Sender.Pool, layout, places);
}
