using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>Recognises the fields whose items lie behind the records: texts and lists.</summary>
internal static class TailParser
{
    /// <summary>Says what may be in a list, in words for a message.</summary>
    public const string ItemAdvice = "a list holds numbers, or a [Spliceable] struct without text or lists of its own";

    public static TailShape Text { get; } = new("SpliceText", "text", "Text");

    public static bool IsText(INamedTypeSymbol type) => type.Name == "SpliceText" && type.MetadataFullName() == KnownNames.Text;

    public static bool IsList(INamedTypeSymbol type)
        => type is { Name: "SpliceList", TypeArguments.Length: 1 } && type.OriginalDefinition.MetadataFullName() == KnownNames.List;

    /// <summary>Whether an item's bytes are all values, or are checked by its own declaration: then a list of them is <see cref="ListOf"/>.</summary>
    public static bool MayBeItem(Shape shape) => shape is ValueShape { Check: null } or RecordShape && !HasTail(shape);

    public static TailShape ListOf(ITypeSymbol item, Shape shape, QualifiedNames names)
        => new(
            $"SpliceList<{item.ShortName()}>",
            $"list of {shape.WireType}{PackedTo(shape)}",
            $"{(shape is RecordShape ? "Record" : "Number")}<{names.Of(item)}>()");

    /// <summary>
    /// Where items are aligned to less than their fields are: whoever reads their places must know it, and nothing else in a wire type says it.
    /// </summary>
    private static string PackedTo(Shape shape)
        => shape.Alignment < NaturalAlignmentOf(shape) ? FormattableString.Invariant($" at {shape.Alignment}") : "";

    private static int NaturalAlignmentOf(Shape shape) => shape switch
    {
        ArrayShape array => NaturalAlignmentOf(array.Element),
        RecordShape record => record.Fields.Max(field => NaturalAlignmentOf(field.Shape)),
        _ => shape.Alignment,
    };

    /// <summary>Whether there is a text or a list in it, which only a record may have.</summary>
    public static bool HasTail(Shape shape) => shape switch
    {
        TailShape => true,
        ArrayShape array => HasTail(array.Element),
        RecordShape record => record.Fields.Any(field => HasTail(field.Shape)),
        _ => false,
    };
}
