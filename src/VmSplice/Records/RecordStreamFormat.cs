using System.Buffers.Binary;
using System.Globalization;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice.Records;

/// <summary>
/// What lies around the records: a header once, then blocks, each with its count, until a block of none ends the stream, or
/// one whose count is <see cref="Abandoned"/> says that its sender gave up. Everything is little-endian and a multiple of a cache line, so that
/// records keep the alignment of the page.
/// </summary>
/// <remarks>
/// <code>
/// header, 64 bytes   0 magic "VmSplice"   8 version (u16)   10 flags (u8, RecordStreamFlags)   11 frames of EarlierVersions that follow (u8)
///                    12 record size (u32)   16 fingerprint (u64)   24 what names a field that differs (LayoutSketch)
/// block, 64 bytes    0 magic "Blck" (u32) 4 records (u32)    8 index of the first record (u64)      then the records
///                    16 bytes behind the records (u32)       20 tag of its places (u8): of records with texts or lists (TailPlace)
/// </code>
/// The rest of both is zero.
/// </remarks>
internal static class RecordStreamFormat
{
    internal const int HeaderLength = 64;
    internal const int BlockHeaderLength = 64;
    internal const int DefaultChunkSize = 512 * 1024;

    /// <summary>The most bytes of a block with texts or lists: a reader has all of it in memory before it hands its records out.</summary>
    internal const int MostBlockLength = 1 << 30;

    /// <summary>The most bytes of a record: those of any struct.</summary>
    private const int MostRecordLength = (1 << 27) - 8;

    /// <summary>
    /// What to read at once of shared pages: half a chunk. It still lies in the processor's own cache when its records are looked
    /// at, and the sender finds the pipe free sooner. Of copies a whole chunk is read: fewer calls (docs/kernel.md, "Thresholds").
    /// </summary>
    internal const int SharedReadSize = DefaultChunkSize / 2;

    private const int FramesOffset = 11;
    private const int SketchOffset = 24;
    private const ushort Version = 1;
    /// <summary>The count in place of records where the sender gave the stream up.</summary>
    internal const uint Abandoned = uint.MaxValue;

    private const uint BlockMagic = 0x6B63_6C42;

    private static ReadOnlySpan<byte> Magic => "VmSplice"u8;

    /// <summary>The bytes of a header that a writer of such records sends.</summary>
    internal static int HeaderLengthOf(RecordLayout layout) => HeaderLength + (EarlierVersions.FramesOf(layout) * EarlierVersions.FrameLength);

    /// <summary>The bytes of a header, of which the first <see cref="HeaderLength"/> are there.</summary>
    internal static int HeaderLengthOf(ReadOnlySpan<byte> source)
    {
        // Nothing is known of what follows in another kind of stream, or in another version.
        bool isThis = source.StartsWith(Magic) && BinaryPrimitives.ReadUInt16LittleEndian(source[8..]) == Version;
        return HeaderLength + (isThis ? source[FramesOffset] * EarlierVersions.FrameLength : 0);
    }

    /// <summary>Writes a header of <see cref="HeaderLengthOf(RecordLayout)"/> bytes.</summary>
    internal static void WriteHeader(Span<byte> destination, RecordLayout layout, RecordStreamFlags flags)
    {
        EarlierVersions.Write(destination[HeaderLength..], layout);
        destination[..HeaderLength].Clear();
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], Version);
        destination[10] = (byte)flags;
        destination[FramesOffset] = (byte)EarlierVersions.FramesOf(layout);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], (uint)layout.Size);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], layout.Fingerprint);
        layout.Sketch.Write(destination[SketchOffset..HeaderLength]);
    }

    /// <summary>Checks the header against the layout that the reader expects.</summary>
    /// <param name="source">All of it.</param>
    /// <param name="layout">What the reader expects.</param>
    /// <param name="recordSize">Bytes of a record as it was sent: other than the layout's where it comes from an older or newer build.</param>
    /// <exception cref="RecordStreamException">Another kind of stream, version or layout.</exception>
    internal static RecordStreamFlags ReadHeader(ReadOnlySpan<byte> source, RecordLayout layout, out int recordSize)
    {
        if (!source.StartsWith(Magic))
        {
            throw new RecordStreamException(StreamFault.Foreign, $"This is not a record stream: it starts with {FoundBytes.Show(source[..8])}, not with "
                + "the header of a RecordWriter. Where the sender sends without framing, open this reader with Framed = false too.", 0, 0);
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(source[8..]);
        if (version != Version)
        {
            throw new RecordStreamException(StreamFault.Foreign, string.Create(
                CultureInfo.InvariantCulture,
                $"The stream has version {version}; this reader knows version {Version}. Use the same VmSplice.Generators on both sides."), 0, 8);
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(source[12..]);
        ulong fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(source[16..]);
        recordSize = (int)size;
        if (!IsKnown(size, fingerprint, source, layout))
        {
            string? field = layout.Sketch.FindDifference(source[SketchOffset..HeaderLength], out string difference);
            throw new RecordStreamException(
                StreamFault.Layout,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The sender's records are laid out differently: {Counted.Bytes(size)}, fingerprint {fingerprint:x16}; {layout.Name} is "
                        + $"{Counted.Bytes(layout.Size)}, fingerprint {layout.Fingerprint:x16}. {difference} Build both sides from the same declaration."),
                0,
                12,
                field);
        }

        return (RecordStreamFlags)source[10];
    }

    /// <summary>Whether it is this layout, an earlier version of it, or a later one, which says that this one came before.</summary>
    private static bool IsKnown(uint size, ulong fingerprint, ReadOnlySpan<byte> source, RecordLayout layout)
        => fingerprint == layout.Fingerprint ? size == (uint)layout.Size
            : layout.Earlier.Any(version => version.Fingerprint == fingerprint && (uint)version.Size == size)
                || (size > (uint)layout.Size && size <= MostRecordLength && EarlierVersions.Have(source[HeaderLength..], layout));

    internal static void WriteBlockHeader(Span<byte> destination, int records, long firstRecord, uint tailLength = 0, byte tag = 0)
        => WriteBlockHeader(destination, (uint)records, firstRecord, tailLength, tag);

    internal static void WriteBlockHeader(Span<byte> destination, uint records, long firstRecord, uint tailLength = 0, byte tag = 0)
    {
        destination.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], tailLength);
        destination[20] = tag;
        BinaryPrimitives.WriteUInt32LittleEndian(destination, BlockMagic);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], records);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], firstRecord);
    }

    /// <summary>Reads how many records follow; 0 at the end of the stream.</summary>
    /// <exception cref="RecordStreamException">No block starts here, records are missing before it, or the sender gave up.</exception>
    internal static uint ReadBlockHeader(ReadOnlySpan<byte> source, long expectedRecord, long byteOffset)
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(source);
        if (magic != BlockMagic)
        {
            throw new RecordStreamException(StreamFault.Damaged, string.Create(
                CultureInfo.InvariantCulture,
                $"The stream is damaged: no block starts at byte {byteOffset}, before record {expectedRecord} (found {magic:x8}). Does somebody else "
                    + $"write to this pipe?"), expectedRecord, byteOffset);
        }

        uint records = BinaryPrimitives.ReadUInt32LittleEndian(source[4..]);
        if (records == Abandoned)
        {
            throw new RecordStreamException(StreamFault.Cut, string.Create(
                CultureInfo.InvariantCulture,
                $"The sender abandoned the stream: its record writer was disposed without Complete, at byte {byteOffset}. Records that arrived: "
                    + $"{expectedRecord}."), expectedRecord, byteOffset);
        }

        long first = BinaryPrimitives.ReadInt64LittleEndian(source[8..]);
        return first == expectedRecord ? records : throw OutOfOrder(first, expectedRecord, byteOffset);
    }

    /// <summary>Reads what a block's header says of its texts and lists.</summary>
    internal static (uint Length, byte Tag) ReadTail(ReadOnlySpan<byte> source) => (BinaryPrimitives.ReadUInt32LittleEndian(source[16..]), source[20]);

    /// <summary>What is wrong where records are missing before a block.</summary>
    internal static RecordStreamException OutOfOrder(long first, long expectedRecord, long byteOffset) => new(
        StreamFault.Damaged,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The stream is damaged: the block at byte {byteOffset} starts with record {first}, expected was {expectedRecord}. Does somebody else "
                + $"read from this pipe?"),
        expectedRecord,
        byteOffset);
}
