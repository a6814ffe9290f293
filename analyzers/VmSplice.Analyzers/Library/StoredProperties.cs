using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Library;

/// <summary>Properties that are a field by another name: automatic ones, and <c>Current => _current</c>.</summary>
internal static class StoredProperties
{
    /// <summary>The name under which the field is kept; null where there is code behind the property.</summary>
    public static string? FieldOf(IPropertySymbol property)
    {
        if (property.IsVirtual || property.IsOverride || property.IsAbstract || property.RefKind != RefKind.None)
        {
            return null;
        }

        string? given = property.SetMethod is null || OnlyStores(property) ? NameGiven(property) : null;
        foreach (ISymbol member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol field)
            {
                if (SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
                {
                    return property.Name;
                }

                if (field.Name == given && field.IsStatic == property.IsStatic && SymbolEqualityComparer.Default.Equals(field.Type, property.Type))
                {
                    return given;
                }
            }
        }

        return null;
    }

    /// <summary><c>set =&gt; _field = value;</c> of the field that the getter gives.</summary>
    private static bool OnlyStores(IPropertySymbol property)
        => property.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors }
        && accessors.FirstOrDefault(static one => one.Keyword.ValueText is "set" or "init") is { } setter
        && (setter.ExpressionBody?.Expression
            ?? (setter.Body is { Statements: { Count: 1 } statements } && statements[0] is ExpressionStatementSyntax only ? only.Expression : null))
            is AssignmentExpressionSyntax { Left: var target, Right: IdentifierNameSyntax { Identifier.ValueText: "value" } }
        && Excerpt.OfTarget(target) == NameGiven(property);

    private static string? NameGiven(IPropertySymbol property)
    {
        ExpressionSyntax? given = property.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax declaration
            ? declaration.ExpressionBody?.Expression ?? Given(declaration.AccessorList?.Accessors.FirstOrDefault(static one => one.Keyword.ValueText == "get"))
            : null;
        return given is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } ? Excerpt.OfTarget(given) : null;
    }

    private static ExpressionSyntax? Given(AccessorDeclarationSyntax? getter)
        => getter?.ExpressionBody?.Expression
            ?? (getter?.Body is { Statements: { Count: 1 } statements } && statements[0] is ReturnStatementSyntax { Expression: { } returned }
                ? returned : null);
}
