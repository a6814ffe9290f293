namespace VmSplice.Generators.Model;

/// <summary>A field and where it lies in its record.</summary>
internal sealed record PlacedField(string Name, Shape Shape, int Offset)
{
    public int End => Offset + Shape.Size;
}
