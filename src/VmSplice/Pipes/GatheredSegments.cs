using System.Runtime.InteropServices;
using VmSplice.Interop;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>
/// Segments that travel in one piece, and the memory behind them. A send that waits takes it along; its writer reuses it,
/// so that gathering allocates nothing once it has grown to what is usually sent.
/// </summary>
internal sealed class GatheredSegments
{
    private readonly List<IoVec> _segments = [];
    private readonly List<PageBlock> _blocks = [];
    private readonly List<IHeldPages> _held = [];
    private int _first;

    /// <summary>Gets or sets the next one in the writer's list of free ones.</summary>
    internal GatheredSegments? NextFree { get; set; }

    internal int Count => _segments.Count;

    /// <summary>Gets what is not transferred yet.</summary>
    internal Span<IoVec> Rest => CollectionsMarshal.AsSpan(_segments)[_first..];

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

    /// <summary>Cuts each segment where its last whole page ends: what is left behind it is no gift.</summary>
    internal void CutAtWholePages(nuint pageSize)
    {
        for (int i = _segments.Count - 1; i >= 0; i--)
        {
            IoVec segment = _segments[i];
            nuint whole = segment.Length & ~(pageSize - 1);
            if (whole != 0 && whole != segment.Length)
            {
                _segments[i] = new IoVec(segment.Address, whole);
                _segments.Insert(i + 1, new IoVec(segment.Address + (nint)whole, segment.Length - whole));
            }
        }
    }

    /// <summary>Drops what was transferred, and empty segments behind it.</summary>
    internal void Advance(nuint transferred) => _first = _segments.Count - SegmentRun.Skip(Rest, transferred).Length;

    /// <summary>Gives all memory back to where it came from.</summary>
    /// <param name="sharedAny">Whether any page may be in flight.</param>
    /// <param name="recycling">The pool whose pages are reused once they were read.</param>
    /// <param name="inFlightUntil">See <see cref="PagePool.Return"/>.</param>
    internal void Release(bool sharedAny, PagePool? recycling, long inFlightUntil)
    {
        foreach (PageBlock block in _blocks)
        {
            block.Pool.Return(block, Transfer.FateOf(block, sharedAny, recycling), inFlightUntil);
        }

        _first = 0;
        _segments.Clear();
        _blocks.Clear();
        foreach (IHeldPages held in _held)
        {
            held.Release();
        }

        _held.Clear();
    }
}
