using VmSplice.Kernel;
using VmSplice.Memory;

namespace VmSplice.InPlace;

/// <summary>A block that is sent to several readers. Guarded by its stream's lock once it is published.</summary>
/// <param name="blocks">Whose it is.</param>
/// <param name="place">Where it lies in the memory that the readers are offered; −1 where it lies elsewhere.</param>
internal sealed class BroadcastBlock(BroadcastBlocks blocks, long place) : PageBlock(blocks)
{
    /// <summary>Gets the offset in the memory that the readers are offered; −1 where it lies in memory of its own.</summary>
    internal long Place => place;

    internal override bool IsMappedByReaders => place >= 0;

    /// <summary>Gets or sets the memory of a block that is longer than others.</summary>
    internal PageMapping? OwnMemory { get; set; }

    /// <summary>Gets or sets whether somebody may have written to it before.</summary>
    internal bool WasUsed { get; set; }

    /// <summary>Gets or sets the bytes of its header and its records.</summary>
    internal nuint Bytes { get; set; }

    /// <summary>Gets or sets how many records it has.</summary>
    internal int Records { get; set; }

    /// <summary>Gets or sets the index of the first.</summary>
    internal long FirstRecord { get; set; }

    /// <summary>Gets or sets how many readers have not got it, or have not returned it.</summary>
    internal int Readers { get; set; }

    /// <summary>Gets or sets whether it is out of use until the stream ends, because a reader that was dropped may still look at it.</summary>
    internal bool IsKept { get; set; }

    /// <summary>One reader has it, or does not need it any more. The last one lets it be filled again.</summary>
    internal void Release()
    {
        if (--Readers == 0)
        {
            Return(BlockFate.Reusable);
        }
    }

    /// <summary>A reader that was dropped may still look at it: it is out of use until that reader releases it too, at the end of the stream.</summary>
    internal void Keep() => blocks.Keep(this);
}
