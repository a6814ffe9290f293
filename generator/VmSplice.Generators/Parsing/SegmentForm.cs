using Microsoft.CodeAnalysis;

namespace VmSplice.Generators.Parsing;

/// <summary>How a segment is declared: <c>public partial Span&lt;byte&gt; Caption { get; }</c>.</summary>
internal static class SegmentForm
{
    /// <summary>The type of a right declaration: <c>ref Header</c> or <c>Span&lt;byte&gt;</c>.</summary>
    public static string Of(ITypeSymbol element, bool isSpan) => isSpan ? $"Span<{element.ShortName()}>" : $"ref {element.ShortName()}";

    /// <summary>A segment for any number of elements, as a message shows it.</summary>
    public static string OfMany(string element, string name) => $"'[Segment(MaxLength = …)] public partial Span<{element}> {name} {{ get; }}'";

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
