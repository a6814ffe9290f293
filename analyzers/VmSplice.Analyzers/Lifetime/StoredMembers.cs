using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>What is asked of members again and again, and costs the compiler something each time.</summary>
internal static class StoredMembers
{
    private static readonly ConditionalWeakTable<IPropertySymbol, StrongBox<bool>> s_stored = new();

    private static readonly ConditionalWeakTable<ISymbol, string> s_names = new();

    /// <summary>A member of a type by its full name.</summary>
    public static string NameOf(ISymbol member) => s_names.GetValue(member, static one => one.ContainingType.ToDisplayString() + "." + one.Name);

    /// <summary>A property that is a field by another name. One of metadata never is: its field is not imported.</summary>
    [MethodImpl(Hot.Path)]
    public static bool IsStored(IPropertySymbol property) =>
        !property.DeclaringSyntaxReferences.IsEmpty && s_stored.GetValue(property, static one => new(HasField(one))).Value;

    [MethodImpl(Hot.Path)]
    private static bool HasField(IPropertySymbol property)
    {
        if (property.IsVirtual || property.IsOverride || property.IsAbstract || property.RefKind != RefKind.None)
        {
            return false;
        }

        foreach (ISymbol member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
            {
                return true;
            }
        }

        return false;
    }
}
