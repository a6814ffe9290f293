using System.Collections.Immutable;
using VmSplice.Generators.Model;

namespace VmSplice.Analyzers.Contracts;

/// <summary>One version of a record, or a buffer, as the layout file writes it: a head, and a line for each field or segment.</summary>
/// <param name="Type">The full name.</param>
/// <param name="Version">From one; a buffer has no other.</param>
/// <param name="Size">The bytes of a record; <c>buffer</c> for a buffer, whose size may vary.</param>
/// <param name="Fingerprint">16 hexadecimal digits: what two processes compare.</param>
/// <param name="Fields">Of a record <c>8 double Price</c>, with the offset first; of a buffer <c>byte[0..80] Caption</c>. The name is the last word.</param>
internal sealed record RecordedLayout(string Type, int Version, string Size, string Fingerprint, ImmutableArray<string> Fields)
{
    private const string Indentation = "    ";

    /// <summary>Every version that a record's declaration has, the present one last.</summary>
    /// <param name="record">The record.</param>
    /// <param name="version">Its present version.</param>
    public static ImmutableArray<RecordedLayout> Of(RecordModel record, int version)
        => [.. record.Layout.Earlier.Append(new EarlierVersion(version, record.Layout.Size, record.Layout.Fingerprint))
            .Select(one => new RecordedLayout(record.FullName, one.Version, Counted.Bytes(one.Size), Hexadecimal(one.Fingerprint),
                // Fields of later versions are appended, and each version is full.
                [.. record.Layout.Fields.Where(field => field.Offset < one.Size).Select(field => $"{field.Offset} {field.WireType} {field.Name}")]))];

    public static RecordedLayout Of(BufferModel buffer)
        => new(buffer.FullName, 1, "buffer", Hexadecimal(buffer.Fingerprint), [.. buffer.Segments.Select(Line)]);

    /// <summary>The lines of the file.</summary>
    public IEnumerable<string> Lines => Fields.Select(line => Indentation + line).Prepend($"{Type} {Version}: {Size}, {Fingerprint}");

    /// <summary>Whether programs that know one understand the other.</summary>
    public bool IsSameAs(RecordedLayout other)
        => Fingerprint == other.Fingerprint && Size == other.Size && Fields.SequenceEqual(other.Fields);

    private static string Line(SegmentModel segment) => segment.Kind switch
    {
        SegmentKind.Value => $"{segment.WireType} {segment.Name}",
        SegmentKind.Variable => $"{segment.WireType}[0..{segment.Length}] {segment.Name}",
        _ => $"{segment.WireType}[{segment.Length}] {segment.Name}",
    };

    private static string Hexadecimal(ulong fingerprint) => FormattableString.Invariant($"{fingerprint:x16}");
}
