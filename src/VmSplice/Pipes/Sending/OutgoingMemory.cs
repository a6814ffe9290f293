using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using VmSplice.Interop;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>
/// The memory of one send: where the rest of it lies, who owns it, and how it goes back. Whoever made one releases it exactly
/// once, however the send ended.
/// </summary>
internal struct OutgoingMemory
{
    // One segment, which is what most sends are; or many, with the memory behind them.
    private IoVec _only;
    private SegmentList? _many;

    // What goes back in the end: pages that were moved, pages that stay their owner's, or a pin of the caller's memory.
    private PageBlock? _block;
    private IHeldPages? _held;
    private MemoryHandle _pin;
    private bool _anyShared;

    private OutgoingMemory(nint address, nuint bytes)
    {
        _only = new IoVec(address, bytes);
        Remaining = bytes;
    }

    /// <summary>Gets the bytes that are not transferred yet.</summary>
    internal nuint Remaining { get; private set; }

    /// <summary>Gets whether it is made of segments that were gathered.</summary>
    internal readonly bool IsGathered => _many is not null;

    /// <summary>Gets the segments that are not transferred yet.</summary>
    [UnscopedRef]
    internal readonly ReadOnlySpan<IoVec> Rest => _many is null ? new ReadOnlySpan<IoVec>(in _only) : _many.Rest;

    /// <summary>The caller's memory, which stays where it is until the send has ended.</summary>
    internal static OutgoingMemory OfCaller(nint address, nuint bytes) => new(address, bytes);

    /// <summary>The caller's memory, to be unpinned.</summary>
    internal static unsafe OutgoingMemory OfPinned(MemoryHandle pin, nuint bytes) => new((nint)pin.Pointer, bytes) { _pin = pin };

    /// <summary>The first bytes of a block that its owner has left. It goes back to its pool.</summary>
    internal static OutgoingMemory OfBlock(PageBlock block, nuint bytes) => new(block.Address, bytes) { _block = block };

    /// <summary>Pages that stay their owner's, who keeps them until the send has ended.</summary>
    internal static OutgoingMemory OfHeld(IHeldPages held, nint address, nuint bytes) => new(address, bytes) { _held = held };

    /// <summary>Segments and the memory behind them. The list goes back too.</summary>
    internal static OutgoingMemory Of(SegmentList segments)
    {
        nuint bytes = SegmentRun.BytesOf(segments.Rest);

        // Empty segments at the front would be the whole of a call that the kernel answers with 0.
        segments.Advance(0);
        return new OutgoingMemory(0, 0) { _many = segments, Remaining = bytes };
    }

    /// <summary>Counts bytes that the pipe accepted.</summary>
    /// <param name="accepted">How many.</param>
    /// <param name="shared">Whether the pipe refers to their pages now.</param>
    internal void Advance(nuint accepted, bool shared)
    {
        if (_many is null)
        {
            _only = new IoVec(_only.Address + (nint)accepted, _only.Length - accepted);
        }
        else
        {
            _many.Advance(accepted);
        }

        Remaining -= accepted;
        _anyShared |= shared && accepted != 0;
    }

    /// <summary>Takes the block, where there is one, out of a send that did not touch the pipe, to give it to its owner again.</summary>
    internal PageBlock? TakeBlock()
    {
        Debug.Assert(!_anyShared, "a block that nobody else has");
        PageBlock? block = _block;
        _block = null;
        return block;
    }

    /// <summary>Gives all memory back to where it came from.</summary>
    /// <param name="recycling">The pool whose pages are reused once they were read; none where that cannot be known.</param>
    /// <param name="inFlightUntil">See <see cref="PageBlock.Return"/>.</param>
    internal void Release(PagePool? recycling, long inFlightUntil)
    {
        if (_block is not null)
        {
            Return(_block, recycling, inFlightUntil);
        }

        if (_many is not null)
        {
            foreach (PageBlock block in _many.Blocks)
            {
                Return(block, recycling, inFlightUntil);
            }

            _many.Clear();
        }

        _held?.Release();
        _pin.Dispose();
        this = default;
    }

    private readonly void Return(PageBlock block, PagePool? recycling, long inFlightUntil)
    {
        BlockFate fate = !_anyShared ? BlockFate.Reusable
            : ReferenceEquals(block.Pool, recycling) ? BlockFate.ReusableOnceConsumed
            : BlockFate.Discarded;
        block.Return(fate, inFlightUntil);
    }
}
