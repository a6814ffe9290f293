namespace VmSplice.Generators.Model;

/// <summary>One segment of a buffer.</summary>
/// <param name="Name">The property's name, not escaped.</param>
/// <param name="Identifier">The same, escaped where it is a keyword.</param>
/// <param name="Modifiers">The property's modifiers as the user wrote them, which the other part must repeat.</param>
/// <param name="Accessibility">Those of them that say who may see it.</param>
/// <param name="Element">The element's type with all its names, for generated code.</param>
/// <param name="ShownElement">The element's type as a reader would write it.</param>
/// <param name="ElementSize">In bytes.</param>
/// <param name="Length">The number of elements; the most of them, where it varies.</param>
/// <param name="IsRecord">Whether the element is a record, which checks itself.</param>
/// <param name="IsObsolete">Whether a mention of the element's type is an error outside of obsolete code.</param>
/// <param name="Checks">What the bytes of an element that is no record must satisfy.</param>
internal sealed record SegmentModel(
    string Name,
    string Identifier,
    string Modifiers,
    string Accessibility,
    string Element,
    string ShownElement,
    int ElementSize,
    int Length,
    SegmentKind Kind,
    bool IsRecord,
    bool IsObsolete,
    EquatableArray<LeafCheck> Checks)
{
    /// <summary>Gets as what the property shows the elements.</summary>
    public SegmentView View { get; init; }

    /// <summary>Gets what both processes must agree on of an element.</summary>
    public string WireType { get; init; } = "";

    /// <summary>Gets whether a property beside it says how many elements there are; a text or a list says it itself.</summary>
    public bool HasLengthProperty => Kind == SegmentKind.Variable && View == SegmentView.Span;

    public long Size => (long)ElementSize * Length;
}
