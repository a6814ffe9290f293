using System.Buffers.Binary;

namespace VmSplice.InPlace;

/// <summary>Stands in the stream in place of a block's header and records, which lie in the memory that the reader has joined.</summary>
/// <param name="Records">How many.</param>
/// <param name="FirstRecord">The index of the first, as in a block's header.</param>
/// <param name="Offset">Where they begin in that memory, in bytes.</param>
/// <param name="Sequence">The number by which the reader returns the block: 1, 2, 3.</param>
/// <param name="TailLength">Bytes of texts and lists behind the records, as in a block's header.</param>
/// <param name="Tag">What the places in its records bear.</param>
/// <remarks>
/// <code>
/// 64 bytes   0 magic "BRef" (u32)   4 records (u32)   8 index of the first (i64)   16 offset (u64)   24 sequence (i64)
///            32 bytes behind the records (u32)   36 tag (u8); the rest is zero
/// </code>
/// </remarks>
internal readonly record struct BlockReference(uint Records, long FirstRecord, ulong Offset, long Sequence, uint TailLength = 0, byte Tag = 0)
{
    internal const int Length = 64;
    internal const uint Magic = 0x6665_5242;

    internal void Write(Span<byte> destination)
    {
        destination[..Length].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Records);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], FirstRecord);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Offset);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[32..], TailLength);
        destination[36] = Tag;
    }

    internal static BlockReference Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[32..]),
        source[36]);
}
