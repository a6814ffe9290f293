using System.Diagnostics;
using VmSplice.Kernel;

namespace VmSplice.Memory;

/// <summary>
/// The unit of recycling: blocks are cut from it front to back, and it starts over once none is owned and none is in
/// flight. Guarded by its pool's lock.
/// </summary>
/// <param name="mapping">The mapping in which it lies.</param>
/// <param name="address">Its first byte.</param>
/// <param name="length">Bytes, whole pages.</param>
internal sealed class PageRegion(PageMapping mapping, nint address, nuint length)
{
    private nuint _used;
    private nuint _written;
    private int _owned;
    private long _inFlightUntil;

    internal PageMapping Mapping => mapping;

    internal nuint Length => length;

    /// <summary>
    /// Gets the bytes at the start of what is not taken yet that may have been written to: from there on the pages are as
    /// the kernel gave them, zeros.
    /// </summary>
    internal nuint Dirty => _written > _used ? _written - _used : 0;

    /// <summary>Gets whether a reader may have some of the pages for ever, so that they must be given up before the region starts over.</summary>
    internal bool MustDiscard { get; private set; }

    internal bool Fits(nuint bytes) => length - _used >= bytes;

    /// <summary>Takes the next <paramref name="bytes"/>, whole pages.</summary>
    internal nint Take(nuint bytes)
    {
        Debug.Assert(Fits(bytes), "the caller asked before");
        nint start = address + (nint)_used;
        _used += bytes;
        _written = Math.Max(_written, _used);
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
                break;
            default:
                break;
        }
    }

    /// <summary>Whether nobody has any of it: no owner, and no reader.</summary>
    /// <param name="consumed">How far the pipe was read.</param>
    internal bool IsFree(long consumed) => _owned == 0 && _inFlightUntil <= consumed;

    /// <summary>Starts over if that is proved safe.</summary>
    /// <param name="consumed">How far the pipe was read.</param>
    /// <returns>Whether all of the region is free now.</returns>
    /// <exception cref="SystemCallException">Its pages could not be given up; see <see cref="PageMapping.Discard"/>.</exception>
    internal bool TryReset(long consumed)
    {
        if (!IsFree(consumed))
        {
            return false;
        }

        if (MustDiscard)
        {
            // The whole region at once: a part would split its huge pages, and small pages cost more than a copy.
            PageMapping.Discard(address, length, mapping.HugePages);
            MustDiscard = false;
            _written = 0;
        }

        _used = 0;
        return true;
    }
}
