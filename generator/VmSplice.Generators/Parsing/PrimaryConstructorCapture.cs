using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// Finds parameters of a struct's primary constructor that its members use after construction. The compiler keeps each
/// in a hidden field, which no symbol shows.
/// </summary>
internal static class PrimaryConstructorCapture
{
    /// <param name="compilation">The one that the type's source belongs to.</param>
    public static IEnumerable<IParameterSymbol> Find(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        TypeDeclarationSyntax[] parts = [.. type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>()];
        if (type.IsRecord || Array.Find(parts, part => part.ParameterList is { Parameters.Count: > 0 }) is not { } primary)
        {
            yield break;
        }

        var names = new HashSet<string>(primary.ParameterList!.Parameters.Select(parameter => parameter.Identifier.ValueText), StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (TypeDeclarationSyntax part in parts)
        {
            SemanticModel? model = null;
            foreach (IdentifierNameSyntax use in part.Members.SelectMany(member => member.DescendantNodes(node => node is not TypeDeclarationSyntax))
                .OfType<IdentifierNameSyntax>())
            {
                string name = use.Identifier.ValueText;
                if (names.Contains(name) && !found.Contains(name) && !IsUsedDuringConstruction(use))
                {
                    model ??= compilation.GetSemanticModel(part.SyntaxTree);
                    if (model.GetSymbolInfo(use, cancellation).Symbol is IParameterSymbol parameter
                        && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
                        && parameter.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation).Parent == primary.ParameterList))
                    {
                        found.Add(name);
                        yield return parameter;
                    }
                }
            }
        }
    }

    /// <summary>An initializer of a field or property runs within the constructor, and <c>nameof</c> does not run.</summary>
    private static bool IsUsedDuringConstruction(IdentifierNameSyntax use)
    {
        foreach (SyntaxNode node in use.Ancestors())
        {
            switch (node)
            {
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent.Parent.Parent: FieldDeclarationSyntax }:
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }:
                    return true;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
