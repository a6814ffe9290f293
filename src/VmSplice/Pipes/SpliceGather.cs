using VmSplice.Pipes;

namespace VmSplice;

/// <summary>
/// Buffers that are sent in one piece and in order, with as few calls as the kernel lets. What is added is consumed at
/// once. Made by <see cref="SpliceWriter.CreateGather"/>; empty after each <see cref="Send"/> and <see cref="SendAsync"/>,
/// and then to be filled again.
/// </summary>
/// <remarks>Not for several threads at once. Nothing is allocated once it has grown to what is usually sent.</remarks>
public sealed class SpliceGather : IDisposable
{
    private readonly Sender _sender;
    private readonly Gathering _gathering;

    internal SpliceGather(Sender sender, OutgoingBuffers buffers)
    {
        _sender = sender;
        _gathering = new Gathering(sender, buffers);
    }

    /// <summary>Gets the segments collected.</summary>
    public int Count => _gathering.Count;

    /// <summary>Gets the bytes collected.</summary>
    public long Length => (long)_gathering.Length;

    /// <summary>Adds a buffer.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. It is consumed.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before.</exception>
    public void Add<T>([Consumes] PageBuffer<T> buffer)
        where T : unmanaged
        => Add(buffer, buffer.Length);

    /// <summary>Adds the first elements of a buffer.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="buffer">The buffer. All of it is consumed.</param>
    /// <param name="length">How many elements to send.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the buffer has; the buffer stays yours.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before.</exception>
    public void Add<T>([Consumes] PageBuffer<T> buffer, int length)
        where T : unmanaged
    {
        _gathering.Add(buffer, buffer.BytesOf(length));
    }

    /// <summary>Adds the segments of a spliceable buffer.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It is consumed.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before.</exception>
    public void Add<TBuffer>([Consumes] TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ArgumentNullException.ThrowIfNull(buffer);
        _gathering.Add(buffer.Pages, PageBufferState.Sent);
    }

    /// <summary>Adds frozen pages, which stay valid.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages. Held until they are sent, also where they are disposed before.</param>
    /// <exception cref="ObjectDisposedException">The pages are disposed.</exception>
    public void Add<T>(FrozenPages<T> pages)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        _gathering.Add(pages);
    }

    /// <summary>Sends all that was added, in one piece. Consumed also where the send fails.</summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier send was cancelled or failed half-way.</exception>
    public void Send() => _sender.Run(_gathering.TakeSend());

    /// <summary>
    /// Sends all that was added, in one piece, and waits without a thread while the pipe is full. The gather is empty once
    /// the call returns, and may be filled again while the send still waits.
    /// </summary>
    /// <param name="cancellationToken">As of <see cref="SpliceWriter.SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="IncompleteSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask SendAsync(CancellationToken cancellationToken = default) => _sender.Start(_gathering.TakeSend(), cancellationToken);

    /// <summary>Gives back what was added and not sent.</summary>
    public void Dispose() => _gathering.Drop();
}
