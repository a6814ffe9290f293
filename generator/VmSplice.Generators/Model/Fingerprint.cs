using System.Text;

namespace VmSplice.Generators.Model;

/// <summary>
/// 64 bits that two processes compare before they exchange records: FNV-1a over the record's size and, for each leaf
/// in order, its offset, size, wire type and name, as UTF-8 text with one line each. The wire type of an enum is the
/// number beneath and the names and values of its members, unless the set is open. The record's own name, the names of
/// nested records and of enums are not part of it: renaming a type does not change what its bytes mean.
/// </summary>
/// <remarks>FNV-1a, because it guards against accidents, not against an adversary, and needs no cryptography library.</remarks>
internal static class Fingerprint
{
    private const ulong OffsetBasis = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    public static ulong Of(int size, IEnumerable<LeafField> fields)
    {
        ulong hash = Add(OffsetBasis, FormattableString.Invariant($"{size}\n"));
        foreach (LeafField field in fields)
        {
            hash = Add(hash, FormattableString.Invariant($"{field.Offset} {field.Size} {field.WireType} {field.Name}\n"));
        }

        return hash;
    }

    /// <summary>
    /// Of a buffer: for each segment in order its name, the most elements, whether their number varies, and their size and
    /// wire type.
    /// </summary>
    public static ulong Of(IEnumerable<(SegmentModel Segment, Shape Element)> segments)
    {
        ulong hash = Add(OffsetBasis, "buffer\n");
        foreach ((SegmentModel segment, Shape element) in segments)
        {
            string length = segment.Kind == SegmentKind.Variable ? "0.." : "";
            hash = Add(hash, FormattableString.Invariant($"{element.Size} {element.WireType} [{length}{segment.Length}] {segment.Name}\n"));
        }

        return hash;
    }

    /// <summary>
    /// Of an enum's members, by value and then by name: their order in the source does not matter. A hash and not the text,
    /// because a model is compared at each key that is pressed, and an enum may have thousands of members.
    /// </summary>
    public static string OfValues(bool isFlags, IEnumerable<(string Name, decimal Value)> members)
    {
        ulong hash = Add(OffsetBasis, isFlags ? "flags\n" : "enum\n");
        foreach ((string name, decimal value) in members)
        {
            hash = Add(hash, FormattableString.Invariant($"{value} {name}\n"));
        }

        return FormattableString.Invariant($" of {hash:x16}");
    }

    /// <summary>The hash of one text, for names that differ in case only.</summary>
    public static ulong Of(string text) => Add(OffsetBasis, text);

    private static ulong Add(ulong hash, string text)
    {
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * Prime);
        }

        return hash;
    }
}
