using VmSplice.InPlace;

namespace VmSplice.Records;

/// <summary>One send to one reader of a broadcast: the bytes of a block, or a message that stands for one, for the stream's end, or for neither.</summary>
/// <param name="Address">Where the bytes lie.</param>
/// <param name="Bytes">How many.</param>
/// <param name="Records">The records that the reader has or can find once they are sent.</param>
/// <param name="Block">The block that they lie in, which must stay until they are sent; none where they are a message.</param>
/// <param name="IsEnd">Whether they are the end of the stream.</param>
internal readonly record struct LaneSend(nint Address, nuint Bytes, int Records = 0, BroadcastBlock? Block = null, bool IsEnd = false);
