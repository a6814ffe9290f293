using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>What <c>(a, b) = value</c> takes out of a tuple or a record. Where code of somebody's decides, it is not known.</summary>
internal static class DeconstructedParts
{
    /// <summary>The members in their order, with the name of their field; null where that is not known.</summary>
    public static IReadOnlyList<(string Name, ITypeSymbol Type)>? Of(ITypeSymbol? type, int count)
    {
        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        if (named.IsTupleType)
        {
            return named.TupleElements.Length != count ? null
                : [.. named.TupleElements.Select(static (one, i) => (FormattableString.Invariant($"Item{i + 1}"), one.Type))];
        }

        IMethodSymbol? made = !named.IsRecord ? null : named.GetMembers("Deconstruct").OfType<IMethodSymbol>()
            .FirstOrDefault(one => one.IsImplicitlyDeclared && one.Parameters.Length == count);
        return made is null ? null : [.. made.Parameters.Select(static one => (one.Name, one.Type))];
    }
}
