namespace VmSplice.Memory;

/// <summary>Where blocks come from, and go back to.</summary>
internal interface IBlockPool
{
    /// <summary>Takes back a block that its owner has returned and whose pages no call uses any more.</summary>
    void TakeBack(PageBlock block, BlockFate fate, long inFlightUntil);
}
