namespace VmSplice.Memory;

/// <summary>What has to happen before a block's pages may be handed out again.</summary>
internal enum BlockFate
{
    /// <summary>Nothing: no reader has them.</summary>
    Reusable,

    /// <summary>The pipe must have been read up to where the block ended, by a reader that copies.</summary>
    ReusableOnceConsumed,

    /// <summary>The pages must be given up and fresh ones taken: somebody may hold them for ever.</summary>
    Discarded,
}
