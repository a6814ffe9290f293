using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Library;

/// <summary>What is asked of members again and again, and costs the compiler something each time.</summary>
internal static class StoredMembers
{
    private static readonly ConditionalWeakTable<IPropertySymbol, StrongBox<string?>> s_fields = new();

    private static readonly ConditionalWeakTable<ISymbol, string> s_names = new();

    /// <summary>A static field by its full name, or a property that is one by another name.</summary>
    public static string NameOf(ISymbol member) => s_names.GetValue(
        member, static one => one.ContainingType.ToDisplayString() + "."
            + (one is IPropertySymbol property && FieldOf(property) is { } field ? field : one.Name));

    /// <summary>The field that a property is by another name. One of metadata never is: its field is not imported.</summary>
    public static string? FieldOf(IPropertySymbol property)
        => property.DeclaringSyntaxReferences.IsEmpty ? null : s_fields.GetValue(property, static one => new(StoredProperties.FieldOf(one))).Value;
}
