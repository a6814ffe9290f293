namespace VmSplice.Generators.Model;

/// <summary>All that the emitter needs to know of one buffer: text and numbers, nothing of the compiler's.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="FullName">Namespace, containing types and name, as the layout reports it.</param>
/// <param name="Namespace">Escaped, or <see langword="null"/> for the global namespace.</param>
/// <param name="Declarations">The containing types from the outside in, and last the buffer itself.</param>
/// <param name="Fingerprint">What two processes compare.</param>
/// <param name="Segments">In the order in which they travel.</param>
/// <param name="Members">Which of the convenient members to write.</param>
internal sealed record BufferModel(
    string HintName,
    string FullName,
    string? Namespace,
    EquatableArray<TypeDeclaration> Declarations,
    ulong Fingerprint,
    EquatableArray<SegmentModel> Segments,
    BufferMembers Members)
{
    /// <summary>Gets the buffer's own name, escaped.</summary>
    public string Name => Declarations[Declarations.Count - 1].Name;
}

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
    EquatableArray<LeafCheck> Checks)
{
    public long Size => (long)ElementSize * Length;
}

/// <summary>How many elements a segment has.</summary>
internal enum SegmentKind
{
    /// <summary>One, returned by reference.</summary>
    Value,

    /// <summary>Always the same number.</summary>
    Fixed,

    /// <summary>A number that travels with the buffer.</summary>
    Variable,
}

/// <summary>The members of a buffer that do nothing which the runtime's do not; one that the user's type has is left out.</summary>
[Flags]
internal enum BufferMembers
{
    None = 0,
    State = 1,
    Allocate = 2,
    Rent = 4,
    Receive = 8,
    TryReceive = 16,
}
