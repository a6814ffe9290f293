using System.Diagnostics;
using VmSplice.Kernel;

namespace VmSplice.Memory;

/// <summary>
/// The unit of recycling: blocks are cut from it front to back, and it starts over once none is owned and none is in
/// flight. Guarded by its pool's lock.
/// </summary>
internal sealed class PageRegion(nint address, nuint length)
{
    private nuint _used;
    private int _owned;
    private long _inFlightUntil;

    internal nuint Length => length;

    /// <summary>Gets whether what was not taken yet has only zeros: true until something was given back untouched by a discard.</summary>
    internal bool IsZeroed { get; private set; } = true;

    /// <summary>Gets whether a reader may have some of the pages for ever, so that they must be given up before the region starts over.</summary>
    internal bool MustDiscard { get; private set; }

    internal bool Fits(nuint bytes) => length - _used >= bytes;

    /// <summary>Takes the next <paramref name="bytes"/>, whole pages.</summary>
    internal nint Take(nuint bytes)
    {
        Debug.Assert(Fits(bytes), "the caller asked before");
        nint start = address + (nint)_used;
        _used += bytes;
        _owned++;
        return start;
    }

    internal void GiveBack(nint start, nuint bytes, BlockFate fate, long inFlightUntil)
    {
        Debug.Assert(_owned > 0, "given back more often than taken");
        _owned--;
        switch (fate)
        {
            case BlockFate.Discarded:
                MustDiscard = true;
                break;
            case BlockFate.ReusableOnceConsumed:
                _inFlightUntil = Math.Max(_inFlightUntil, inFlightUntil);
                break;
            case BlockFate.Reusable when start + (nint)bytes == address + (nint)_used:
                // The last one cut, and nobody has its pages: as if it had never been cut.
                _used -= bytes;
                IsZeroed = false;
                break;
            default:
                break;
        }
    }

    /// <summary>Starts over if that is proved safe.</summary>
    /// <param name="consumed">How far the pipe was read.</param>
    /// <returns>Whether all of the region is free now.</returns>
    internal bool TryReset(long consumed)
    {
        if (_owned != 0 || _inFlightUntil > consumed)
        {
            return false;
        }

        IsZeroed = MustDiscard;
        if (MustDiscard)
        {
            // The whole region at once: a part would split its huge pages, and small pages cost more than a copy.
            PageMapping.Discard(address, length);
            MustDiscard = false;
        }

        _used = 0;
        return true;
    }
}
