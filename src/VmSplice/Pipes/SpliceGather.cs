using VmSplice.Memory;
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
    private readonly SpliceWriter _writer;
    private GatheredSegments _gathered;

    internal SpliceGather(SpliceWriter writer)
    {
        _writer = writer;
        _gathered = writer.RentGathered();
    }

    /// <summary>Gets the segments collected.</summary>
    public int Count => _gathered.Count;

    /// <summary>Gets the bytes collected.</summary>
    public long Length => (long)Interop.SegmentRun.BytesOf(_gathered.Rest);

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
    public unsafe void Add<T>([Consumes] PageBuffer<T> buffer, int length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        PageBlock block = buffer.Leave(PageBufferState.Sent);
        _gathered.Add(new IoVec(block.Address, (nuint)length * (nuint)sizeof(T)), block);
    }

    /// <summary>Adds the segments of a spliceable buffer.</summary>
    /// <typeparam name="TBuffer">A <see cref="SpliceableAttribute">[Spliceable]</see> class.</typeparam>
    /// <param name="buffer">The buffer. It is consumed.</param>
    /// <param name="header">Whether its header goes before it; the reader must agree.</param>
    /// <exception cref="ObjectDisposedException">The buffer was handed over before.</exception>
    public void Add<TBuffer>([Consumes] TBuffer buffer, bool header = true)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Add(buffer.Pages, header, PageBufferState.Sent);
    }

    /// <summary>Adds frozen pages, which stay valid.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages. Held until they are sent, also where they are disposed before.</param>
    /// <exception cref="ObjectDisposedException">The pages are disposed.</exception>
    public unsafe void Add<T>(FrozenPages<T> pages)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        _gathered.Add(new IoVec(pages.Hold(), (nuint)pages.Length * (nuint)sizeof(T)), pages);
    }

    /// <summary>Sends all that was added, in one piece. Consumed also where the send fails.</summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public void Send() => _writer.Send(TakeAll());

    /// <summary>
    /// Sends all that was added, in one piece, and waits without a thread while the pipe is full. The gather is empty once
    /// the call returns, and may be filled again while the send still waits.
    /// </summary>
    /// <param name="cancellationToken">As of <see cref="SpliceWriter.SendAsync{T}(PageBuffer{T}, int, CancellationToken)"/>.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed, or was while the send waited.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    /// <exception cref="TornSendException">An earlier send was cancelled or failed half-way.</exception>
    public ValueTask SendAsync(CancellationToken cancellationToken = default) => _writer.SendAsync(TakeAll(), cancellationToken);

    /// <summary>Gives back what was added and not sent.</summary>
    public void Dispose()
    {
        _gathered.Release(sharedAny: false, recycling: null, inFlightUntil: 0);
    }

    /// <summary>Adds the segments of a spliceable buffer, whose owner has it no more.</summary>
    internal void Add(BufferPages pages, bool header, PageBufferState left)
    {
        if (header)
        {
            pages.WriteHeader(_writer.Recycles);
            _writer.BeginBuffer();
        }

        Span<IoVec> described = stackalloc IoVec[pages.MostSegments];
        int count = pages.Describe(described, header);
        _gathered.Add(described[..count], pages.Leave(left));
    }

    /// <summary>Hands over what was collected, and starts anew.</summary>
    internal GatheredSegments TakeAll()
    {
        GatheredSegments all = _gathered;
        _gathered = _writer.RentGathered();
        return all;
    }

    /// <summary>Adds all, or none of them where one is not the caller's any more; consumes all either way.</summary>
    internal void AddAll<T>(ReadOnlySpan<PageBuffer<T>> buffers)
        where T : unmanaged
    {
        ObjectDisposedException? failure = null;
        foreach (PageBuffer<T> buffer in buffers)
        {
            try
            {
                Add(buffer);
            }
            catch (ObjectDisposedException e)
            {
                failure ??= e;
            }
        }

        if (failure is not null)
        {
            Dispose();
            throw failure;
        }
    }
}
