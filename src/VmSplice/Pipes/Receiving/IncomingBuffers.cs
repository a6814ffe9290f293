using System.Runtime.CompilerServices;
using VmSplice.Buffers;
using VmSplice.CompilerServices;
using VmSplice.Interop;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>Receives a stream of spliceable buffers: its headers, its end, and each buffer's segments.</summary>
internal sealed class IncomingBuffers(Receiver receiver, bool framed)
{
    private BufferReceive? _receive;
    private long _received;
    private bool _completed;

    /// <summary>Gets whether a header comes before each buffer, and an end mark behind the last.</summary>
    internal bool Framed => framed;

    private BufferReceive Operation => _receive ??= new BufferReceive(receiver, this);

    /// <summary>Receives a buffer into new pages; none where the stream has ended.</summary>
    internal TBuffer? TryReceive<TBuffer>()
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        BufferPages pages = RentPages(TBuffer.Layout);
        bool received = false;
        try
        {
            received = Operation.Run(pages, ElementCheck<TBuffer>.IndexOfInvalid);
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

    /// <summary>The same without a thread that waits.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<TBuffer?> TryReceiveAsync<TBuffer>(CancellationToken cancellation)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        BufferPages pages = RentPages(TBuffer.Layout);
        bool received = false;
        try
        {
            received = await Operation.Start(pages, ElementCheck<TBuffer>.IndexOfInvalid, cancellation).ConfigureAwait(false);
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

    /// <summary>The same where the stream must not have ended.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<TBuffer> ReceiveAsync<TBuffer>(CancellationToken cancellation)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => await TryReceiveAsync<TBuffer>(cancellation).ConfigureAwait(false) ?? throw BufferStreamErrors.Ended(TBuffer.Layout);

    /// <summary>Receives into a buffer of the caller's; <see langword="false"/> where the stream has ended.</summary>
    internal bool TryReceiveInto<TBuffer>(TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Operation.Run(PagesOf(buffer), ElementCheck<TBuffer>.IndexOfInvalid);

    /// <summary>The same without a thread that waits.</summary>
    internal ValueTask<bool> TryReceiveIntoAsync<TBuffer>(TBuffer buffer, CancellationToken cancellation)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Operation.Start(PagesOf(buffer), ElementCheck<TBuffer>.IndexOfInvalid, cancellation);

    /// <summary>The same where the stream must not have ended.</summary>
    internal ValueTask ReceiveIntoAsync<TBuffer>(TBuffer buffer, CancellationToken cancellation)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
        => Operation.StartWithoutResult(PagesOf(buffer), ElementCheck<TBuffer>.IndexOfInvalid, cancellation);

    /// <summary>Fills what is left of a part of a buffer, as far as the pipe has something for it.</summary>
    /// <returns>Whether it is full or the stream has ended; else the pipe is empty.</returns>
    internal bool TryScatter(BufferPages pages, BufferPart part, ref long filled)
    {
        // Looked up at each attempt: a buffer that its owner disposed while this waited is found out.
        receiver.ThrowIfDisposed();
        Span<IoVec> segments = stackalloc IoVec[pages.MostSegments];
        segments = segments[..pages.Describe(segments, header: part != BufferPart.Segments)];
        if (part != BufferPart.Segments)
        {
            segments = segments[..1];
            segments[0] = new IoVec(segments[0].Address, part == BufferPart.HeaderStart ? BufferHeader.Least : segments[0].Length);
        }

        return receiver.Steps.TryScatter(SegmentRun.Skip(segments, (nuint)filled), ref filled);
    }

    /// <summary>Whether the beginning of a header arrived; <see langword="false"/> where the sender completed the stream before.</summary>
    internal bool IsHeaderBegun(BufferPages pages, long filled)
    {
        if (filled == 0)
        {
            return _completed ? false : throw BufferStreamErrors.NotCompleted(pages.Layout, _received);
        }

        if (filled < BufferHeader.Least)
        {
            throw BufferStreamErrors.CutHeader(pages, filled);
        }

        _completed = BufferHeader.IsEnd(pages.Header);
        return !_completed;
    }

    /// <summary>Checks by the beginning of the header that the buffer is the one that is expected.</summary>
    internal void CheckHeader(BufferPages pages)
    {
        if (BufferHeader.Check(pages.Header, pages.Layout))
        {
            receiver.SenderPages.NoteRecycling();
        }
    }

    /// <summary>Takes the lengths over.</summary>
    internal static void TakeHeader(BufferPages pages, long filled)
    {
        if (filled < pages.HeaderLength)
        {
            throw BufferStreamErrors.CutHeader(pages, filled);
        }

        pages.ReadLengths();
    }

    /// <summary>Checks the segments of a buffer; <see langword="false"/> where the stream had ended before it.</summary>
    internal bool IsReceived(BufferPages pages, long filled, Func<BufferPages, int, int> indexOfInvalid)
    {
        int segments = pages.Layout.Items.Length;
        long wanted = 0;
        for (int segment = 0; segment < segments; segment++)
        {
            wanted += pages.SizeOf(segment);
        }

        if (filled < wanted)
        {
            return filled == 0 && !framed ? false : throw BufferStreamErrors.Cut(pages, filled);
        }

        for (int segment = 0; segment < segments; segment++)
        {
            int invalid = indexOfInvalid(pages, segment);
            if (invalid >= 0)
            {
                throw BufferStreamErrors.Invalid(pages, segment, invalid);
            }
        }

        _received++;
        return true;
    }

    private BufferPages RentPages(BufferLayout layout)
    {
        receiver.ThrowIfDisposed();
        return framed || layout.VariableSegments == 0
            ? BufferPages.Rent(PagePool.Shared, layout)
            : throw BufferStreamErrors.NobodyTellsLengths(layout);
    }

    private BufferPages PagesOf<TBuffer>(TBuffer buffer)
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        receiver.ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.Pages;
    }

    /// <summary>What an operation that serves all buffers needs to know of one; made once for each type.</summary>
    private static class ElementCheck<TBuffer>
        where TBuffer : class, ISpliceableBuffer<TBuffer>
    {
        internal static readonly Func<BufferPages, int, int> IndexOfInvalid = TBuffer.IndexOfInvalidElement;
    }
}
