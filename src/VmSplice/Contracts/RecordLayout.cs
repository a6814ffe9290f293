using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using VmSplice.Diagnostics;

namespace VmSplice.CompilerServices;

/// <summary>Where each field of a record lies, without gaps: offsets and sizes in bytes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecordLayout
{
    private byte[]? _zeros;

    /// <summary>Creates a layout. Called by generated code.</summary>
    /// <param name="name">The full name of the record type.</param>
    /// <param name="size">The size of a record in bytes.</param>
    /// <param name="fingerprint">64 bits that differ for layouts that differ in size, in a field's name, type or offset, or in the members of an enum.</param>
    /// <param name="fields">The fields in the order of their offsets, nested records and arrays flattened to one entry per leaf.</param>
    public RecordLayout(string name, int size, ulong fingerprint, params ReadOnlySpan<RecordField> fields)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Name = name;
        Size = size;
        Fingerprint = fingerprint;
        Fields = new ReadOnlyCollection<RecordField>(fields.ToArray());
    }

    /// <summary>Gets the full name of the record type. Not part of the fingerprint: a renamed type is the same record.</summary>
    public string Name { get; }

    /// <summary>Gets the size of a record in bytes.</summary>
    public int Size { get; }

    /// <summary>Gets 64 bits that differ for layouts that differ. Carried in the stream header and compared by the reader.</summary>
    public ulong Fingerprint { get; }

    /// <summary>Gets the fields in the order of their offsets.</summary>
    public IReadOnlyList<RecordField> Fields { get; }

    /// <summary>Gets the versions of the declaration before this one, the first one first.</summary>
    public IReadOnlyList<RecordVersion> Earlier { get; init; } = [];

    /// <summary>
    /// Sets a record in which the fields that an earlier version lacks have their defaults. As long as a record, where there are earlier versions.
    /// </summary>
    public ReadOnlyMemory<byte> Template { private get; init; }

    /// <summary>Gets the bytes of such a record.</summary>
    internal ReadOnlySpan<byte> Defaults => Template.IsEmpty ? (_zeros ??= new byte[Size]) : Template.Span;

    /// <summary>Gets what a stream's header tells of the fields. Made once: a short stream costs no more than its records.</summary>
    internal LayoutSketch Sketch => field ??= new LayoutSketch("field",
    [
        .. Fields.Select(one => (
            one.Name,
            string.Create(CultureInfo.InvariantCulture, $"a {one.Type} at byte {one.Offset}"),
            string.Create(CultureInfo.InvariantCulture, $"{one.Name}\n{one.Type}\n{one.Offset}\n{one.Size}\n"))),
    ]);

    /// <summary>Prints the layout as a table: offset, size and name of each field.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Name}: {Counted.Bytes(Size)}, fingerprint {Fingerprint:x16}");
        foreach (RecordField field in Fields)
        {
            text.AppendLine();
            text.Append(CultureInfo.InvariantCulture, $"{field.Offset,6} {field.Size,6}  {field.Type} {field.Name}");
        }

        return text.ToString();
    }
}
