namespace VmSplice.Generators.Model;

/// <summary>A record, placed: the fields with their offsets in it.</summary>
internal sealed record RecordShape(int Size, int Alignment, string Type, EquatableArray<PlacedField> Fields)
    : Shape(Size, Alignment, Type)
{
    public override string WireType
        => "{" + string.Join("; ", Fields.Select(part => $"{part.Offset} {part.Shape.WireType} {part.Name}")) + "}";
}
