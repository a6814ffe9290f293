using VmSplice.Buffers;
using VmSplice.CompilerServices;
using VmSplice.Interop;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>Collects segments that are sent in one piece. What is added is consumed at once. Empty after each send, and then to be filled again.</summary>
internal sealed class Gathering(Sender sender, OutgoingBuffers buffers)
{
    private SegmentList _segments = sender.RentSegmentList();

    internal int Count => _segments.Count;

    internal nuint Length => SegmentRun.BytesOf(_segments.Rest);

    /// <summary>Adds the first bytes of a buffer.</summary>
    internal void Add<T>(PageBuffer<T> buffer, nuint bytes)
        where T : unmanaged
    {
        PageBlock block = buffer.Leave(PageBufferState.Sent);
        _segments.Add(new IoVec(block.Address, bytes), block);
    }

    /// <summary>Adds frozen pages, which stay valid.</summary>
    internal unsafe void Add<T>(FrozenPages<T> pages)
        where T : unmanaged
        => _segments.Add(new IoVec(pages.Hold(), (nuint)pages.Length * (nuint)sizeof(T)), pages);

    /// <summary>Adds the segments of a spliceable buffer.</summary>
    internal void Add(BufferPages pages, PageBufferState left)
    {
        if (buffers.Framed)
        {
            pages.WriteHeader(sender.Recycles);
            buffers.Begin();
        }

        Span<IoVec> described = stackalloc IoVec[pages.MostSegments];
        int count = pages.Describe(described, buffers.Framed);
        _segments.Add(described[..count], pages.Leave(left));
    }

    /// <summary>Adds all, or none of them where one is not the caller's any more; consumes all either way.</summary>
    internal void AddAll<T>(ReadOnlySpan<PageBuffer<T>> all)
        where T : unmanaged
    {
        ObjectDisposedException? failure = null;
        foreach (PageBuffer<T> buffer in all)
        {
            try
            {
                Add(buffer, buffer.BytesOf(buffer.Length));
            }
            catch (ObjectDisposedException e)
            {
                failure ??= e;
            }
        }

        if (failure is not null)
        {
            Drop();
            throw failure;
        }
    }

    /// <summary>Takes what was collected, to be sent, and starts anew.</summary>
    internal PendingSend TakeSend()
    {
        SegmentList all = TakeAll();
        return new PendingSend(OutgoingMemory.Of(all)) { Shares = sender.Sharing.SharesGathered(all.Rest) };
    }

    /// <summary>The same, to be given away.</summary>
    internal PendingSend TakeGift()
    {
        SegmentList all = TakeAll();
        WholePages.Cut(all);
        return new PendingSend(OutgoingMemory.Of(all)) { Shares = sender.Sharing.Policy.Shares, Flags = SpliceFlags.Gift };
    }

    /// <summary>Gives back what was added and not sent.</summary>
    internal void Drop()
    {
        if (Count != 0)
        {
            OutgoingMemory.Of(TakeAll()).Release(recycling: null, inFlightUntil: 0);
        }
    }

    private SegmentList TakeAll()
    {
        SegmentList all = _segments;
        _segments = sender.RentSegmentList();
        return all;
    }
}
