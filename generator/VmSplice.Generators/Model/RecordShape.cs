namespace VmSplice.Generators.Model;

/// <summary>A record, placed: the fields with their offsets in it.</summary>
internal sealed record RecordShape(int Size, int Alignment, string Type, EquatableArray<PlacedField> Fields)
    : Shape(Size, Alignment, Type)
{
    /// <summary>Gets what it was before fields were appended. Not of a nested record: a record that holds it has versions of its own.</summary>
    public EquatableArray<EarlierVersion> Earlier { get; init; }

    /// <summary>Gets the bytes of a record with the defaults of those fields.</summary>
    public EquatableArray<byte> Template { get; init; }

    /// <summary>Gets the fields that hold a text. Not of a nested record, whose own declaration has the properties.</summary>
    public EquatableArray<FixedTextField> Texts { get; init; }

    public override string WireType
        => "{" + string.Join("; ", Fields.Select(part => $"{part.Offset} {part.Shape.WireType} {part.Name}")) + "}";
}
