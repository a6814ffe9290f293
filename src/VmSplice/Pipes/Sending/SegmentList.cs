using System.Runtime.InteropServices;
using VmSplice.Interop;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>
/// Segments that are sent in one piece, and the memory behind them. A send that waits takes the list along, and it goes back to
/// <paramref name="free"/> afterwards: gathering allocates nothing once the lists have grown to what is usually sent.
/// </summary>
internal sealed class SegmentList(FreeList<SegmentList> free) : IFreeListItem<SegmentList>
{
    private readonly List<IoVec> _segments = [];
    private readonly List<PageBlock> _blocks = [];
    private readonly List<IHeldPages> _held = [];
    private int _first;

    public SegmentList? NextFree { get; set; }

    internal int Count => _segments.Count;

    /// <summary>Gets what is not transferred yet.</summary>
    internal Span<IoVec> Rest => CollectionsMarshal.AsSpan(_segments)[_first..];

    /// <summary>Gets the blocks that the segments lie in, whose owners have left them.</summary>
    internal ReadOnlySpan<PageBlock> Blocks => CollectionsMarshal.AsSpan(_blocks);

    internal void Add(IoVec segment, PageBlock block)
    {
        _segments.Add(segment);
        _blocks.Add(block);
    }

    internal void Add(ReadOnlySpan<IoVec> segments, PageBlock block)
    {
        _segments.AddRange(segments);
        _blocks.Add(block);
    }

    internal void Add(IoVec segment, IHeldPages held)
    {
        _segments.Add(segment);
        _held.Add(held);
    }

    /// <summary>Cuts a segment in two, of which the first has so many bytes.</summary>
    internal void Cut(int index, nuint length)
    {
        IoVec segment = _segments[index];
        _segments[index] = new IoVec(segment.Address, length);
        _segments.Insert(index + 1, new IoVec(segment.Address + (nint)length, segment.Length - length));
    }

    /// <summary>Drops what was transferred, and empty segments behind it.</summary>
    internal void Advance(nuint transferred) => _first = _segments.Count - SegmentRun.Skip(Rest, transferred).Length;

    /// <summary>Lets go of everything, and may be rented again. The blocks were returned before.</summary>
    internal void Clear()
    {
        _first = 0;
        _segments.Clear();
        _blocks.Clear();
        foreach (IHeldPages held in _held)
        {
            held.Release();
        }

        _held.Clear();
        free.Return(this);
    }
}
