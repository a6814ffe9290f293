namespace VmSplice.Generators.Model;

/// <summary>What the bytes of a field are: a value, a row of equal shapes, or a nested record.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Alignment">In bytes, a power of two: where the field may start.</param>
/// <param name="Type">The type as C# writes it.</param>
internal abstract record Shape(int Size, int Alignment, string Type)
{
    /// <summary>Gets what both processes must agree on: built-in names only, so that a renamed enum or record is the same.</summary>
    public abstract string WireType { get; }
}

/// <summary>A number, a character, a <c>bool</c>, an enum, a <c>Guid</c> or a <c>TimeSpan</c>.</summary>
/// <param name="BuiltInType">The type itself; of an enum, the type beneath.</param>
/// <param name="Check">What the bytes must satisfy, where not every pattern is a value.</param>
internal sealed record ValueShape(int Size, int Alignment, string Type, string BuiltInType, ValueCheck? Check)
    : Shape(Size, Alignment, Type)
{
    public override string WireType => BuiltInType;
}

/// <summary>A fixed-size buffer or an inline array.</summary>
internal sealed record ArrayShape(Shape Element, int Length, int Alignment)
    : Shape(Element.Size * Length, Alignment, WithLength(Element.Type, Length))
{
    public override string WireType => WithLength(Element.WireType, Length);

    /// <summary>Three rows of four are <c>int[3][4]</c> in C#: the outer length comes first.</summary>
    private static string WithLength(string element, int length)
    {
        // A nested record's wire type ends in '}' and may hold brackets of its own.
        int bracket = element.IndexOf('[', element.LastIndexOf('}') + 1);
        return element.Insert(bracket < 0 ? element.Length : bracket, $"[{length}]");
    }
}

/// <summary>A record, placed: the fields with their offsets in it.</summary>
internal sealed record RecordShape(int Size, int Alignment, string Type, EquatableArray<PlacedField> Fields)
    : Shape(Size, Alignment, Type)
{
    public override string WireType
        => "{" + string.Join("; ", Fields.Select(part => $"{part.Offset} {part.Shape.WireType} {part.Name}")) + "}";
}

/// <summary>A field and where it lies in its record.</summary>
internal sealed record PlacedField(string Name, Shape Shape, int Offset)
{
    public int End => Offset + Shape.Size;
}
