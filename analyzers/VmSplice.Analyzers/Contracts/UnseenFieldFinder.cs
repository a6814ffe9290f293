using Microsoft.CodeAnalysis;
using VmSplice.Generators.Parsing;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts;

/// <summary>
/// Compares what was generated for a type with what the compiler finally sees. They differ where another source generator
/// adds to the type; and, without harm, in an editor that runs generators more rarely than rules. So both are asked for:
/// another layout, and a part of the type in another generator's file.
/// </summary>
internal sealed class UnseenFieldFinder(CancellationToken cancellation)
{
    private const int MostNames = 3;

    /// <param name="fingerprint">Of the type as the compiler sees it.</param>
    public Finding? Find(INamedTypeSymbol type, ulong fingerprint)
    {
        if (GeneratedLayout.FingerprintOf(type, cancellation) == fingerprint || RecordParser.DeclarationOf(type, cancellation) is not { } declaration)
        {
            return null;
        }

        Location name = declaration.Identifier.GetLocation();
        if (GeneratedTrees.Has(declaration.SyntaxTree))
        {
            return new Finding(RuleIds.UnseenFields, name, type.Name, "its attribute [Spliceable]", "write the attribute and the fields yourself");
        }

        string[] unseen = [.. ValuesOf(type).Where(value => IsUnseen(value.Symbol, value.Type, [])).Select(value => $"'{value.Name}'")];
        if (unseen.Length == 0)
        {
            return null;
        }

        string more = unseen.Length > MostNames ? $" and {unseen.Length - MostNames} more" : "";
        string what = string.Join(", ", unseen.Take(MostNames)) + more;
        bool own = ValuesOf(type).Any(value => IsGenerated(value.Symbol));
        return new Finding(
            RuleIds.UnseenFields,
            name,
            type.Name,
            own ? what : $"the type of {what}",
            own ? "declare the fields yourself" : "declare that type yourself");
    }

    private static IEnumerable<(ISymbol Symbol, string Name, ITypeSymbol Type)> ValuesOf(INamedTypeSymbol type)
        => type.TypeKind == TypeKind.Class
            ? type.GetMembers().OfType<IPropertySymbol>().Where(property => SegmentParser.MarkOf(property) is not null)
                .Select(property => ((ISymbol)property, property.Name, property.Type))
            : RecordParser.InstanceFieldsOf(type).Select(field => (field.AssociatedSymbol ?? field, field.DeclaredName(), field.Type));

    private static bool IsUnseen(ISymbol value, ITypeSymbol type, HashSet<ITypeSymbol> asked) => IsGenerated(value) || HasUnseen(type, asked);

    /// <summary>
    /// Whether a value of the type has a part that a generator wrote. A record that has one is reported itself, unless nothing of it is the user's.
    /// </summary>
    private static bool HasUnseen(ITypeSymbol type, HashSet<ITypeSymbol> asked)
    {
        if (type is not INamedTypeSymbol named || !asked.Add(type))
        {
            return false;
        }

        if (named.TypeArguments.Any(argument => HasUnseen(argument, asked)))
        {
            return true;
        }

        bool isWhollyGenerated = !named.DeclaringSyntaxReferences.IsEmpty && named.DeclaringSyntaxReferences.All(part => GeneratedTrees.Has(part.SyntaxTree));
        bool isReportedItself = RecordParser.IsMarked(named);
        return isWhollyGenerated
            || (!isReportedItself && named is { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false }
                && ValuesOf(named).Any(value => IsUnseen(value.Symbol, value.Type, asked)));
    }

    private static bool IsGenerated(ISymbol symbol)
        => symbol.Locations.FirstOrDefault() is { IsInSource: true } location && GeneratedTrees.Has(location.SourceTree);
}
