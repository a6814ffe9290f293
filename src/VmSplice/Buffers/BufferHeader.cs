using System.Buffers.Binary;
using System.Globalization;
using VmSplice.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice.Buffers;

/// <summary>
/// What travels before a buffer: which buffer it is, and the lengths that vary; and what travels after the last one. Little-endian,
/// whole cache lines.
/// </summary>
/// <remarks>
/// <code>
/// 0 magic "VmSplBuf"   8 version (u16)   10 flags (u16)   12 segments of varying length (u32)   16 fingerprint (u64)
/// 24 for each of these segments, in order: elements (u32); where more than <see cref="MostBesideSketch"/> vary, from 64 on
/// behind them up to 64, or from 24 on: what names a segment that differs (LayoutSketch)
///
/// end mark, 64 bytes   0 magic "VmSplEnd"   8 version (u16)
/// </code>
/// The rest is zero.
/// </remarks>
internal static class BufferHeader
{
    /// <summary>The least header; what identifies the buffer lies within.</summary>
    internal const int Least = 64;

    private const int Fixed = 24;

    /// <summary>So many lengths leave the sketch a digest for each of five segments; more go behind it.</summary>
    private const int MostBesideSketch = 7;

    private const ushort Version = 1;
    private const ushort RecyclesFlag = 1;

    private static ReadOnlySpan<byte> Magic => "VmSplBuf"u8;

    private static ReadOnlySpan<byte> EndMagic => "VmSplEnd"u8;

    internal static int LengthFor(BufferLayout layout)
        => (LengthsOffset(layout.VariableSegments) + (layout.VariableSegments * sizeof(uint)) + Least - 1) / Least * Least;

    internal static void Write(Span<byte> destination, BufferLayout layout, ReadOnlySpan<int> lengths, bool recycles)
    {
        destination.Clear();
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[10..], recycles ? RecyclesFlag : (ushort)0);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], (uint)layout.VariableSegments);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], layout.Fingerprint);
        layout.Sketch.Write(SketchIn(destination, layout.VariableSegments));
        int at = LengthsOffset(layout.VariableSegments);
        for (int i = 0; i < lengths.Length; i++)
        {
            if (layout.Items[i].IsVariable)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(destination[at..], (uint)lengths[i]);
                at += sizeof(uint);
            }
        }
    }

    /// <summary>Writes the mark that ends a stream of buffers.</summary>
    /// <param name="destination"><see cref="Least"/> bytes.</param>
    internal static void WriteEnd(Span<byte> destination)
    {
        destination.Clear();
        EndMagic.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], Version);
    }

    /// <summary>Whether the stream ends here, as its sender says.</summary>
    /// <param name="source">The first <see cref="Least"/> bytes of what may be a header.</param>
    internal static bool IsEnd(ReadOnlySpan<byte> source) => source.StartsWith(EndMagic);

    /// <summary>Checks that a buffer of this layout follows.</summary>
    /// <param name="source">The first <see cref="Least"/> bytes of the header.</param>
    /// <param name="layout">The layout expected.</param>
    /// <returns>Whether the sender reuses pages once they are read.</returns>
    /// <exception cref="BufferStreamException">Something else follows.</exception>
    internal static bool Check(ReadOnlySpan<byte> source, BufferLayout layout)
    {
        if (!source.StartsWith(Magic))
        {
            throw new BufferStreamException(StreamFault.Foreign, $"No buffer starts here: found {FoundBytes.Show(source[..8])}, not the header of a "
                + "buffer. Where the sender sends without framing, open this reader with Framed = false too.", null, 0);
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(source[8..]);
        if (version != Version)
        {
            throw new BufferStreamException(StreamFault.Foreign, string.Create(
                CultureInfo.InvariantCulture,
                $"The buffer has version {version}; this reader knows version {Version}. Use the same VmSplice.Generators on both sides."), null, 8);
        }

        ulong fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(source[16..]);
        return fingerprint == layout.Fingerprint
            ? (BinaryPrimitives.ReadUInt16LittleEndian(source[10..]) & RecyclesFlag) != 0
            : throw OtherLayout(source, layout, fingerprint);
    }

    private static BufferStreamException OtherLayout(ReadOnlySpan<byte> source, BufferLayout layout, ulong fingerprint)
    {
        uint variable = BinaryPrimitives.ReadUInt32LittleEndian(source[12..]);
        string? segment = layout.Sketch.FindDifference(SketchIn(source, variable), out string difference);
        return new BufferStreamException(
            StreamFault.Layout,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The sender's buffer is laid out differently: fingerprint {fingerprint:x16}; {layout.Name} has {layout.Fingerprint:x16}. {difference} "
                    + $"Build both sides from the same declaration."),
            segment,
            16);
    }

    private static int LengthsOffset(long variable) => variable > MostBesideSketch ? Least : Fixed;

    private static int SketchOffset(long variable) => variable > MostBesideSketch ? Fixed : Fixed + ((int)variable * sizeof(uint));

    private static Span<byte> SketchIn(Span<byte> header, long variable) => header[SketchOffset(variable)..Least];

    private static ReadOnlySpan<byte> SketchIn(ReadOnlySpan<byte> header, long variable) => header[SketchOffset(variable)..Least];

    /// <summary>Reads the lengths that vary, and checks that they are within their bounds.</summary>
    /// <param name="source">The whole header.</param>
    /// <param name="layout">The layout expected.</param>
    /// <param name="lengths">Where to; untouched where one is wrong.</param>
    /// <exception cref="BufferStreamException">A length is beyond what its segment holds.</exception>
    internal static void ReadLengths(ReadOnlySpan<byte> source, BufferLayout layout, Span<int> lengths)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            int at = LengthsOffset(layout.VariableSegments);
            for (int i = 0; i < lengths.Length; i++)
            {
                BufferSegment segment = layout.Items[i];
                if (!segment.IsVariable)
                {
                    continue;
                }

                uint length = BinaryPrimitives.ReadUInt32LittleEndian(source[at..]);
                if (length > (uint)segment.Length)
                {
                    throw new BufferStreamException(StreamFault.Damaged, string.Create(
                        CultureInfo.InvariantCulture,
                        $"The buffer claims {Counted.Of(length, "element")} of {layout.Name}.{segment.Name} at byte {at} of its header; there are at most "
                            + $"{segment.Length}. The stream is damaged: does somebody else write to this pipe?"), segment.Name, at);
                }

                // Only once all are known to be right.
                lengths[i] = pass == 1 ? (int)length : lengths[i];
                at += sizeof(uint);
            }
        }
    }
}
