using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>How a segment is declared: <c>public partial Span&lt;byte&gt; Caption { get; }</c>.</summary>
internal static class SegmentForm
{
    /// <summary>The type of a right declaration: <c>ref Header</c> or <c>Span&lt;byte&gt;</c>.</summary>
    public static string Of(ITypeSymbol element, SegmentView view) => view switch
    {
        SegmentView.Value => $"ref {element.ShortName()}",
        SegmentView.Text => "TextSegment",
        SegmentView.Characters => "CharSegment",
        SegmentView.List => $"ListSegment<{element.ShortName()}>",
        _ => $"Span<{element.ShortName()}>",
    };

    /// <summary>A segment in place of a string or a collection, as a message shows it.</summary>
    public static string InsteadOf(ITypeSymbol type, ITypeSymbol element, string name)
        => $"'[Segment(MaxLength = …)] public partial {Of(element, ViewInsteadOf(type))} {name} {{ get; }}'";

    /// <summary>As what a segment shows what a type that cannot be one holds: a string is a text, and what things are added to is a list.</summary>
    public static SegmentView ViewInsteadOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => SegmentView.Text,
        INamedTypeSymbol { TypeArguments.Length: 1, Name: "List" or "IList" or "ICollection" or "ImmutableArray" or "ImmutableList" } => SegmentView.List,
        _ => SegmentView.Span,
    };

    /// <summary>As what a segment is declared, and of what elements; of a wrong declaration, as what it should be.</summary>
    public static (SegmentView View, ITypeSymbol Element) Of(ITypeSymbol type, Compilation compilation) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => (SegmentView.Span, array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } view
            when view.Name is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" => (SegmentView.Span, view.TypeArguments[0]),
        INamedTypeSymbol { Name: "TextSegment" } text when text.MetadataFullName() == KnownNames.TextSegment
            => (SegmentView.Text, compilation.GetSpecialType(SpecialType.System_Byte)),
        INamedTypeSymbol { Name: "CharSegment" } text when text.MetadataFullName() == KnownNames.CharSegment
            => (SegmentView.Characters, compilation.GetSpecialType(SpecialType.System_Char)),
        INamedTypeSymbol { Name: "ListSegment", TypeArguments.Length: 1 } list when list.OriginalDefinition.MetadataFullName() == KnownNames.ListSegment
            => (SegmentView.List, list.TypeArguments[0]),
        _ when ElementOfCollection(type) is { IsUnmanagedType: true } element => (ViewInsteadOf(type), element),
        _ => (SegmentView.Value, type),
    };

    /// <summary>What a string, an array or another collection holds; <see langword="null"/> for anything else.</summary>
    public static ITypeSymbol? ElementOfCollection(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return array.Rank == 1 ? array.ElementType : null;
        }

        // A string enumerates its characters, a dictionary pairs that are no record.
        IEnumerable<INamedTypeSymbol> contracts = type is INamedTypeSymbol { TypeKind: TypeKind.Interface } self
            ? type.AllInterfaces.Concat([self]) : type.AllInterfaces;
        INamedTypeSymbol[] sequences =
            [.. contracts.Where(contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)];
        return sequences.Length == 1 && !type.IsRefLikeType && sequences[0].TypeArguments[0] is { Name: not "KeyValuePair" } element ? element : null;
    }
}
