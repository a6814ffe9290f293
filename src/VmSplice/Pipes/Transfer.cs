using System.Buffers;
using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>What is left of a send that does not block, and what must be done with its memory in the end.</summary>
internal struct Transfer
{
    /// <summary>Gets or sets where the rest starts.</summary>
    internal nint Address;

    /// <summary>Gets or sets the bytes that are left.</summary>
    internal nuint Remaining;

    /// <summary>Gets or sets the bytes of the whole send.</summary>
    internal nuint Length;

    /// <summary>Whether the rest goes by vmsplice(2), not by write(2).</summary>
    internal bool Shares;

    /// <summary>Whether any page of it may be in flight.</summary>
    internal bool SharedAny;

    /// <summary>For vmsplice(2).</summary>
    internal SpliceFlags Flags;

    /// <summary>Which send of its writer it is, counted from 0.</summary>
    internal long Index;

    /// <summary>The pages, where they were moved: they go back to their pool.</summary>
    internal PageBlock? Block;

    /// <summary>Many segments instead of the one, with their pages. <see cref="Address"/> and <see cref="Block"/> are unused then.</summary>
    internal GatheredSegments? Gathered;

    /// <summary>The pages, where they stay their owner's.</summary>
    internal IHeldPages? Held;

    /// <summary>The caller's own memory.</summary>
    internal MemoryHandle Pin;

    /// <summary>Who wants to know how it ended, and may keep the block of a send that did not even start.</summary>
    internal ITransferOwner? Owner;

    /// <summary>The call that it is a part of, which may be ended while this waits; none where only the writer can be disposed.</summary>
    internal CallGate? Caller;

    /// <summary>Gets the bytes that the pipe accepted.</summary>
    internal readonly nuint Accepted => Length - Remaining;

    /// <summary>Counts bytes that the pipe accepted.</summary>
    internal void Advance(nint accepted)
    {
        Address += accepted;
        Gathered?.Advance((nuint)accepted);
        Remaining -= (nuint)accepted;
        SharedAny |= Shares && accepted != 0;
    }

    /// <summary>Gives all memory back to where it came from.</summary>
    /// <param name="recycling">The pool whose pages are reused once they were read; none where that cannot be known.</param>
    /// <param name="inFlightUntil">See <see cref="PagePool.Return"/>.</param>
    internal void Release(PagePool? recycling, long inFlightUntil)
    {
        Block?.Pool.Return(Block, FateOf(Block, SharedAny, recycling), inFlightUntil);
        Gathered?.Release(SharedAny, recycling, inFlightUntil);
        Held?.Release();
        Pin.Dispose();
        this = default;
    }

    /// <summary>What becomes of a block that was sent.</summary>
    internal static BlockFate FateOf(PageBlock block, bool sharedAny, PagePool? recycling)
        => !sharedAny ? BlockFate.Reusable
            : ReferenceEquals(block.Pool, recycling) ? BlockFate.ReusableOnceConsumed
            : BlockFate.Discarded;
}
