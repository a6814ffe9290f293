using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace VmSplice.Generators.Parsing;

/// <summary>Names of symbols as text, in the few forms that models and messages need.</summary>
internal static class SymbolNames
{
    private static readonly SymbolDisplayFormat s_full = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    private static readonly SymbolDisplayFormat s_short = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.ExpandNullable);

    private static readonly SymbolDisplayFormat s_type
        = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_name = s_type
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut);

    /// <summary>Namespace, containing types and name.</summary>
    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>Containing types and name, keywords for built-in types: what a reader of the code would write.</summary>
    public static string ShortName(this ITypeSymbol type) => type.ToDisplayString(s_short);

    /// <summary>Namespace and metadata name of a type that is not nested.</summary>
    public static string MetadataFullName(this INamedTypeSymbol type)
        => type.ContainingNamespace.IsGlobalNamespace
            ? type.MetadataName
            : type.ContainingNamespace.ToDisplayString() + "." + type.MetadataName;

    /// <summary>
    /// What another part of a property repeats beside its modifiers: <c>ref</c>, the type with all its names, the name, an indexer's parameters.
    /// </summary>
    public static string Head(this IPropertySymbol property, QualifiedNames names)
    {
        string reference = property.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.RefReadOnly => "ref readonly ",
            _ => "",
        };
        return $"{reference}{names.Of(property.Type, s_type)} {names.Of(property, s_name)}";
    }

    /// <summary>Whether a part of its type is one that the compiler does not know, or a pointer.</summary>
    public static (bool Unknown, bool Pointer) Mentions(this IPropertySymbol property)
    {
        SymbolDisplayPart[] parts = [.. property.Type.ToDisplayParts(s_type), .. property.ToDisplayParts(s_name)];
        return (parts.Any(part => part.Kind == SymbolDisplayPartKind.ErrorTypeName), parts.Any(part => part.ToString() == "*"));
    }

    /// <summary>The name as an identifier: <c>@class</c> for a type called <c>class</c>.</summary>
    public static string Escape(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    public static string? EscapedNamespace(this INamedTypeSymbol type)
    {
        var names = new Stack<string>();
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            names.Push(Escape(space.Name));
        }

        return names.Count == 0 ? null : string.Join(".", names);
    }

    /// <summary>The field's name, or that of the property whose value it holds.</summary>
    public static string DeclaredName(this IFieldSymbol field)
    {
        const string Suffix = ">k__BackingField";
        string name = field.AssociatedSymbol?.Name ?? field.Name;
        return name.StartsWith("<", StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
            ? name.Substring(1, name.Length - 1 - Suffix.Length)
            : name;
    }

    /// <summary>Whether an attribute is the one of this full name.</summary>
    public static bool Is(this AttributeData attribute, string metadataName)
        // The name alone decides nearly always; the namespace is text that must be made first.
        => attribute.AttributeClass is { ContainingType: null } type
            && metadataName.EndsWith(type.MetadataName, StringComparison.Ordinal)
            && type.MetadataFullName() == metadataName;

    /// <summary>The attribute's one argument, where it is an <c>int</c>.</summary>
    public static int? SingleNumber(this AttributeData attribute)
        => attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is int value ? value : null;
}
