using System.Runtime.InteropServices;
using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// The sending end of a pipe. Moves page buffers into it without a copy where that is right and faster, and writes them
/// otherwise; the reader gets the same bytes either way.
/// </summary>
/// <remarks>
/// Sending is a move: the buffer is gone afterwards, whatever happened. A send is whole: a short transfer is continued,
/// an interrupted one repeated (EINTR), a full pipe waited for. After one that failed when a part of it was in the pipe, every
/// later one throws <see cref="TornSendException"/>. Several threads may send, and asynchronous sends may run;
/// each send stays in one piece, and they go first come first served.
/// </remarks>
public sealed partial class SpliceWriter : IPipeEndOwner
{
    private readonly PipeEnd _end;

    private SpliceWriter(PipeEnd end, SpliceWriterOptions options)
        : this(end, options, new Sender(end, options.Reader))
    {
    }

    private SpliceWriter(PipeEnd end, SpliceWriterOptions options, Sender sender)
    {
        _end = end;
        Sender = sender;
        Buffers = new OutgoingBuffers(sender, options.Framed);
        Reader = options.Reader;
    }

    /// <summary>Gets what was declared of the reader.</summary>
    public PipeReaderKind Reader { get; }

    /// <summary>Gets the pipe's capacity in bytes, asked of the kernel each time; 0 where standard output is not a pipe.</summary>
    public int Capacity => _end.Capacity;

    /// <summary>Gets whether pages are shared with the reader for sends that are large enough.</summary>
    public bool SharesPages => Sender.Sharing.SharesLargeSends;

    /// <summary>Gets the bytes that the pipe accepted from this writer.</summary>
    public long BytesAccepted => Sender.Steps.Accepted;

    /// <summary>Gets the bytes that wait in the pipe for its reader (FIONREAD), whoever wrote them.</summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public int UnreadBytes => _end.UnreadBytes;

    /// <summary>Gets the descriptor.</summary>
    public SafeHandle Handle => _end.Handle;

    /// <summary>
    /// Rents page-aligned memory to be filled and sent here. All elements are zero: pages that this writer used before are
    /// cleared, pages that come fresh from the kernel are zeros already. Allocates nothing in steady state.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">Elements. For <see cref="Gift{T}(PageBuffer{T})"/> they must fill whole pages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public PageBuffer<T> Rent<T>(int length)
        where T : unmanaged
        => PageBuffer<T>.Rent(Sender.Pool, length);

    /// <summary>
    /// Rents as <see cref="Rent{T}(int)"/> does, but does not clear. The elements are unspecified: zeros, or what an earlier buffer
    /// of this writer held. Whatever is not overwritten goes to the reader.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="length">Elements, as in <see cref="Rent{T}(int)"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="SystemCallException">mmap(2) failed (ENOMEM).</exception>
    public PageBuffer<T> RentUninitialized<T>(int length)
        where T : unmanaged
        => PageBuffer<T>.Rent(Sender.Pool, length, clear: false);

    /// <summary>
    /// Closes the write end, unless it was to be left open. What is in flight still arrives. A call that waits, in a thread or
    /// without one, ends with <see cref="ObjectDisposedException"/>: a send, its turn, or forwarding into this pipe. Of a send
    /// that was in the pipe in part the exception has a <see cref="TornSendException"/> inside.
    /// </summary>
    public void Dispose() => Sender.Close();

    /// <summary>Gets what sends: for record writers, streams and whoever forwards into this pipe.</summary>
    internal Sender Sender { get; }

    /// <summary>Gets what takes buffers of segments over.</summary>
    internal OutgoingBuffers Buffers { get; }

    void IPipeEndOwner.EndCalls() => Sender.EndCalls();
}
