using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace VmSplice.Records;

/// <summary>
/// So much of a layout as a stream's header has room for: the number of fields, and a short digest of each, or of some that
/// follow each other where there are many. Decides nothing, which the fingerprint does; it names the field that differs.
/// </summary>
/// <remarks><code>0 fields (u16)   2 digests (19 × u16)</code></remarks>
internal static class LayoutSketch
{
    internal const int Length = sizeof(ushort) * (1 + Digests);

    private const int Digests = 19;

    internal static void Write(Span<byte> destination, RecordLayout layout)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)Math.Min(layout.Fields.Count, ushort.MaxValue));
        for (int i = 0; i < Digests; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(At(destination, i), DigestOf(layout, i));
        }
    }

    /// <summary>Finds the first field of a layout that the sender has not, or has otherwise.</summary>
    /// <param name="source">The sender's sketch.</param>
    /// <param name="layout">The layout expected.</param>
    /// <param name="difference">A sentence about it.</param>
    /// <returns>The field's name, or <see langword="null"/> where the sketch does not tell.</returns>
    internal static string? FindDifference(ReadOnlySpan<byte> source, RecordLayout layout, out string difference)
    {
        int theirs = BinaryPrimitives.ReadUInt16LittleEndian(source);
        int ours = layout.Fields.Count;
        for (int i = 0; i < Digests; i++)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(source[(sizeof(ushort) * (1 + i))..]) == DigestOf(layout, i))
            {
                continue;
            }

            (int first, int end) = FieldsOf(ours, i);
            if (first == end)
            {
                break;
            }

            // With many fields of another number nothing lies in the same place.
            if (end - first == 1 && (theirs == ours || Math.Max(theirs, ours) <= Digests))
            {
                RecordField field = layout.Fields[first];
                difference = string.Create(CultureInfo.InvariantCulture, $"The first field that differs is {field.Name}, here a {field.Type} at byte {field.Offset}; {Count(theirs, ours)}.");
                return field.Name;
            }

            difference = theirs == ours
                ? $"The first field that differs is one of {layout.Fields[first].Name} to {layout.Fields[end - 1].Name}."
                : $"Of many fields, {Count(theirs, ours)}.";
            return null;
        }

        difference = theirs == ours
            ? "The fields have the same names, types and places; what one of their types means differs."
            : string.Create(CultureInfo.InvariantCulture, $"The fields that are here are the sender's too; {Count(theirs, ours)}.");
        return null;
    }

    private static string Count(int theirs, int ours) => string.Create(CultureInfo.InvariantCulture, $"the sender has {theirs} fields, this side {ours}");

    private static (int First, int End) FieldsOf(int fields, int digest)
        => fields <= Digests
            ? (Math.Min(digest, fields), Math.Min(digest + 1, fields))
            : ((int)((long)digest * fields / Digests), (int)((long)(digest + 1) * fields / Digests));

    // FNV-1a, folded: short, and the same on every platform and runtime.
    private static ushort DigestOf(RecordLayout layout, int digest)
    {
        (int first, int end) = FieldsOf(layout.Fields.Count, digest);
        uint hash = 2_166_136_261;
        for (int i = first; i < end; i++)
        {
            RecordField field = layout.Fields[i];
            foreach (byte b in Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{field.Name}\n{field.Type}\n{field.Offset}\n{field.Size}\n")))
            {
                hash = (hash ^ b) * 16_777_619;
            }
        }

        return first == end ? (ushort)0 : (ushort)(hash ^ (hash >> 16));
    }

    private static Span<byte> At(Span<byte> sketch, int digest) => sketch[(sizeof(ushort) * (1 + digest))..];
}
