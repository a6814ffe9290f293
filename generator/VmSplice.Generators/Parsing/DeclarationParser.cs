using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Model;
using VmSplice.RuleContract;

namespace VmSplice.Generators.Parsing;

/// <summary>Checks how a record or buffer is declared, its members aside: its kind, and whether the generator can add to it.</summary>
internal static class DeclarationParser
{
    /// <summary>Why a type of this kind cannot be a record, or <see langword="null"/> where it can.</summary>
    public static string? ObstacleOf(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Struct)
        {
            return "only structs and classes are supported; make it a struct";
        }

        if (type.IsRefLikeType)
        {
            return "a ref struct may hold references to memory, which mean nothing in another process; remove 'ref'";
        }

        return ObstacleOfPlace(type) ?? ObstacleOfContract(type, KnownNames.SpliceableInterface);
    }

    /// <summary>Why the generator cannot implement the runtime's interface, or <see langword="null"/>: the user did. To list it is allowed.</summary>
    public static string? ObstacleOfContract(INamedTypeSymbol type, string contract)
    {
        INamedTypeSymbol? listed = type.AllInterfaces.FirstOrDefault(one => one.OriginalDefinition.MetadataFullName() == contract);
        bool byHand = !type.DeclaringSyntaxReferences.IsEmpty && listed is not null
            && listed.GetMembers()
                .Any(member => member is not IMethodSymbol { AssociatedSymbol: not null } && type.FindImplementationForInterfaceMember(member) is { } own
                    && !BufferParser.IsGenerated(own));
        return byHand
            ? $"it implements '{listed!.ShortName()}' by hand, and the generator would do so a second time; remove your members, or [Spliceable]" : null;
    }

    /// <summary>Whether one of the type's parts has a comment with a <c>remarks</c> element.</summary>
    public static bool HasRemarks(INamedTypeSymbol type, CancellationToken cancellation)
        => type.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax(cancellation).GetLeadingTrivia())
            .Select(trivia => trivia.GetStructure())
            .OfType<DocumentationCommentTriviaSyntax>()
            .SelectMany(comment => comment.Content)
            .Any(element => element is XmlElementSyntax { StartTag.Name.LocalName.ValueText: "remarks" });

    /// <summary>Why the generator cannot add to a type where it stands, or <see langword="null"/> where it can.</summary>
    public static string? ObstacleOfPlace(INamedTypeSymbol type)
    {
        if (type.IsGenericType)
        {
            bool own = type.TypeParameters.Length > 0;
            return own
                ? "it is generic, and its layout would depend on the type argument; declare one type per argument"
                : $"it is nested in the generic type '{type.ContainingType.ShortName()}'; move it out";
        }

        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsFileLocal)
            {
                return $"'{part.Name}' is file-local, so the generator cannot add to it from another file; remove 'file'";
            }
        }

        return null;
    }

    /// <summary>One finding for the type, and for each type around it, that is not partial.</summary>
    public static IEnumerable<Finding> NotPartial(INamedTypeSymbol type, CancellationToken cancellation)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            foreach (SyntaxReference reference in part.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                {
                    string reason = ReferenceEquals(part, type) ? "the generator adds to it" : $"the generator adds to '{type.Name}' inside it";
                    yield return new Finding(RuleIds.NotPartial, declaration.Identifier.GetLocation(), part.Name, reason);
                }
            }
        }
    }

    public static EquatableArray<TypeDeclaration> DeclarationsOf(INamedTypeSymbol type)
    {
        var declarations = new Stack<TypeDeclaration>();
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            declarations.Push(new TypeDeclaration(KeywordsOf(part), SymbolNames.Escape(part.Name) + ParametersOf(part)));
        }

        return new(declarations);
    }

    /// <summary>Those of a stub alone: what is generic is not spliceable.</summary>
    private static string ParametersOf(INamedTypeSymbol type)
        => type.TypeParameters.IsEmpty
            ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => VarianceOf(parameter) + SymbolNames.Escape(parameter.Name)))}>";

    private static string VarianceOf(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    };

    private static string KeywordsOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "partial interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "partial record struct",
        { TypeKind: TypeKind.Struct, IsRefLikeType: true } => "ref partial struct",
        { TypeKind: TypeKind.Struct } => "partial struct",
        { IsRecord: true } => "partial record",
        _ => "partial class",
    };
}
