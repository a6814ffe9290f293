using System.Globalization;
using VmSplice.Diagnostics;

namespace VmSplice.Records;

/// <summary>What a record of a stream is as its sender's build declares it: this one's version, an earlier or a later one.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="HasTails">Whether it has texts or lists that this build knows.</param>
/// <param name="MayHaveTails">Whether it may have some: a later version has fields that this build does not know.</param>
internal readonly record struct SentRecord(int Size, bool HasTails, bool MayHaveTails)
{
    /// <summary>A record of <typeparamref name="T"/> that was sent with so many bytes.</summary>
    internal static unsafe SentRecord Of<T>(int size)
        where T : unmanaged, ISpliceable<T>
    {
        bool hasTails = TailFields<T>.AnyWithin(size);
        return new(size, hasTails, hasTails || size > sizeof(T));
    }

    /// <summary>
    /// Behind records without texts, and behind the end, lies nothing. A block with texts fits into memory, and is as long as the alignment of its
    /// lists, and of the next block, needs.
    /// </summary>
    /// <param name="records">How many a block is said to have; 0 at the end.</param>
    /// <param name="tailLength">The bytes that are said to lie behind them.</param>
    /// <param name="record">The index of the first.</param>
    /// <param name="position">Where in the stream the block starts.</param>
    /// <exception cref="RecordStreamException">There cannot be so many.</exception>
    internal void ThrowIfNoTail(long records, uint tailLength, long record, long position)
    {
        long length = (records * Size) + tailLength;
        bool isOfTexts = records != 0 && (HasTails || (MayHaveTails && tailLength != 0));
        bool isRight = isOfTexts ? length <= RecordStreamFormat.MostBlockLength && length % ChunkTail.BlockAlignment == 0 : tailLength == 0;
        if (!isRight)
        {
            throw new RecordStreamException(
                StreamFault.Damaged,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The stream is damaged: the block at byte {position} is said to have {Counted.Bytes(tailLength)} behind "
                        + $"{Counted.Of(records, "record")} of {Counted.Bytes(Size)}. Does somebody else write to this pipe?"),
                record,
                position);
        }
    }
}
