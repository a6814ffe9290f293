using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

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

        string? given = property.SetMethod is null ? NameGiven(property) : null;
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

    private static string? NameGiven(IPropertySymbol property)
    {
        ExpressionSyntax? given = property.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax declaration
            ? declaration.ExpressionBody?.Expression ?? declaration.AccessorList?.Accessors.FirstOrDefault()?.ExpressionBody?.Expression
            : null;
        return given is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } ? AllocationSites.NameOfTarget(given) : null;
    }
}
