using System.Runtime.InteropServices;
using VmSplice.Memory;

namespace VmSplice;

/// <summary>
/// Buffers that are sent in one piece and in order, with as few calls as the kernel lets. What is added is consumed at
/// once. Made by <see cref="SpliceWriter.CreateGather"/>; empty after each <see cref="Send"/>, and then to be filled again.
/// </summary>
/// <remarks>Not for several threads at once. Nothing is allocated once it has grown to what is usually sent.</remarks>
public sealed class SpliceGather : IDisposable
{
    private readonly SpliceWriter _writer;
    private readonly List<IoVec> _segments = [];
    private readonly List<PageBlock> _blocks = [];
    private readonly List<IHeldPages> _frozen = [];

    internal SpliceGather(SpliceWriter writer) => _writer = writer;

    /// <summary>Gets the segments collected.</summary>
    public int Count => _segments.Count;

    /// <summary>Gets the bytes collected.</summary>
    public long Length => (long)Interop.SegmentRun.BytesOf(CollectionsMarshal.AsSpan(_segments));

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
        _blocks.Add(block);
        _segments.Add(new IoVec(block.Address, (nuint)length * (nuint)sizeof(T)));
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
        BufferPages pages = buffer.Pages;
        if (header)
        {
            pages.WriteHeader(_writer.Recycles);
        }

        Span<IoVec> described = stackalloc IoVec[pages.MostSegments];
        int count = pages.Describe(described, header);
        _blocks.Add(pages.Leave(PageBufferState.Sent));
        _segments.AddRange((ReadOnlySpan<IoVec>)described[..count]);
    }

    /// <summary>Adds frozen pages, which stay valid.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="pages">The pages. Held until they are sent, also where they are disposed before.</param>
    /// <exception cref="ObjectDisposedException">The pages are disposed.</exception>
    public unsafe void Add<T>(FrozenPages<T> pages)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pages);
        _segments.Add(new IoVec(pages.Hold(), (nuint)pages.Length * (nuint)sizeof(T)));
        _frozen.Add(pages);
    }

    /// <summary>Sends all that was added, in one piece. Consumed also where the send fails.</summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    /// <exception cref="BrokenPipeException">The reader is gone; says how much got through.</exception>
    public void Send()
    {
        try
        {
            // Returns the blocks, whatever happens.
            _writer.SendBlocks(CollectionsMarshal.AsSpan(_blocks), CollectionsMarshal.AsSpan(_segments));
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Gives back what was added and not sent.</summary>
    public void Dispose()
    {
        foreach (PageBlock block in _blocks)
        {
            block.Pool.Return(block, BlockFate.Reusable);
        }

        Clear();
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

    private void Clear()
    {
        _blocks.Clear();
        _segments.Clear();
        foreach (IHeldPages pages in _frozen)
        {
            pages.Release();
        }

        _frozen.Clear();
    }
}
