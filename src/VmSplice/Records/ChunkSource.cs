using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Where the chunks of a record writer come from: blocks of its sender's pool. That is asked for nothing before it is needed, so that a
/// short stream costs no more than its bytes.
/// </summary>
/// <param name="sender">Whose pool it is.</param>
/// <param name="chunkSize">Bytes of a chunk, unless more is asked for at once.</param>
internal sealed class ChunkSource(Sender sender, int chunkSize)
{
    private bool? _isShared;

    /// <summary>Gets the bytes of a chunk, unless more is asked for at once.</summary>
    internal int ChunkSize => chunkSize;

    /// <summary>
    /// Gets the bytes in which the first records of a stream may lie on the heap: as many as one message has room for. 0 where even those
    /// are shared, or where whoever writes to what is sent shall be found out.
    /// </summary>
    internal int HeapLength { get; } = RuntimeSwitches.Guard || sender.WouldShare(Limits.PIPE_BUF)
        ? 0
        : Math.Min(chunkSize, Limits.PIPE_BUF - (2 * RecordStreamFormat.BlockHeaderLength));

    /// <summary>Gets whether chunks are shared with a reader, in whose cache they lie when they come back.</summary>
    internal bool IsShared => _isShared ??= sender.WouldShare((nuint)chunkSize);

    internal PageBlock Rent(nuint bytes, out long ticket) => sender.Pool.Rent(bytes, out ticket);
}
