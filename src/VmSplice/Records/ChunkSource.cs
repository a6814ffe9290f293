using VmSplice.InPlace;
using VmSplice.Interop;
using VmSplice.Kernel;
using VmSplice.Memory;
using VmSplice.Pipes;

namespace VmSplice.Records;

/// <summary>
/// Where the chunks of a record writer come from: blocks of its sender's pool, or of memory that the reader has mapped. Nothing is asked
/// for before it is needed, so that a short stream costs no more than its bytes.
/// </summary>
/// <param name="sender">Whose pool it is.</param>
/// <param name="chunkSize">Bytes of a chunk, unless more is asked for at once.</param>
/// <param name="mayBeInPlace">Whether the reader may be invited to read in place.</param>
internal sealed class ChunkSource(Sender sender, int chunkSize, bool mayBeInPlace) : IChunkSource
{
    private bool? _isShared;
    private byte _tag;
    private bool _mayOffer = mayBeInPlace && !RuntimeSwitches.InPlaceIsOff;

    public int ChunkSize => chunkSize;

    /// <inheritdoc/>
    /// <remarks>As many as one message has room for. 0 where even those are shared, or where whoever writes to what is sent shall be found out.</remarks>
    public int HeapLength { get; } = RuntimeSwitches.Guard || sender.WouldShare(Limits.PIPE_BUF)
        ? 0
        : Math.Min(chunkSize, Limits.PIPE_BUF - (2 * RecordStreamFormat.BlockHeaderLength));

    public bool IsShared => _isShared ??= sender.WouldShare((nuint)chunkSize);

    /// <summary>Gets the memory that the reader was invited to map, where it was.</summary>
    internal InPlaceSender? InPlace { get; private set; }

    /// <summary>Makes memory to which the reader can be invited, once in a stream. <see langword="false"/> where there is none, or was already.</summary>
    internal bool TryOffer()
    {
        if (!_mayOffer)
        {
            return false;
        }

        _mayOffer = false;
        InPlace = InPlaceSender.TryOffer(sender, chunkSize);
        return InPlace is not null;
    }

    public byte NextTag() => ++_tag;

    public PageBlock Rent(nuint bytes, out long ticket)
        => InPlace is not null && InPlace.TryRent(bytes, out PageBlock? block, out ticket) ? block : sender.Pool.Rent(bytes, out ticket);

    /// <summary>The stream is over.</summary>
    internal void End() => InPlace?.Dispose();
}
