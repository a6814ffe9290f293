using VmSplice.Memory;

namespace VmSplice.InPlace;

/// <summary>A block of a <see cref="BlockRing"/>, and where it lies in it. Guarded by the ring's lock.</summary>
internal sealed class RingBlock(BlockRing ring) : PageBlock(ring)
{
    internal override bool IsMappedByReaders => true;

    /// <summary>Gets or sets the first byte, counted from the ring's beginning on, round after round.</summary>
    internal long Start { get; set; }

    /// <summary>Gets or sets where the next block begins.</summary>
    internal long End { get; set; }

    /// <summary>Gets or sets the number that the reader returns; 0 where the block was not sent.</summary>
    internal long Sequence { get; set; }

    /// <summary>Gets or sets the records that were sent in it.</summary>
    internal int Records { get; set; }

    /// <summary>Gets or sets whether this process has no use for it any more.</summary>
    internal bool IsBack { get; set; }
}
