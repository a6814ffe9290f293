using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>Turns a field or an automatic property into a field of another type and a property that converts.</summary>
internal static class StoredProperty
{
    /// <summary>Not where the member has an initial value, shares its declaration, or carries attributes that would have to be divided.</summary>
    public static bool CanReplace(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax { Declaration.Variables: { Count: 1 } only } => only[0].Initializer is null,
        PropertyDeclarationSyntax property => property.Initializer is null
            && property.AttributeLists.Count == 0
            && property.AccessorList is { } accessors
            && accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null),
        _ => false,
    };

    public static (MemberDeclarationSyntax Stored, MemberDeclarationSyntax Property) Replace(MemberDeclarationSyntax member, Conversion conversion)
    {
        (TypeSyntax type, SyntaxToken identifier) = member is FieldDeclarationSyntax field
            ? (field.Declaration.Type, field.Declaration.Variables[0].Identifier)
            : (((PropertyDeclarationSyntax)member).Type, ((PropertyDeclarationSyntax)member).Identifier);
        var owner = (TypeDeclarationSyntax)member.Parent!;
        string name = StoredName(owner, identifier.ValueText);
        bool readOnlyOwner = owner.Modifiers.Any(SyntaxKind.ReadOnlyKeyword);
        bool readOnlyMember = member.Modifiers.Any(SyntaxKind.ReadOnlyKeyword);
        bool fixedAfterConstruction = readOnlyOwner || (readOnlyMember && member is FieldDeclarationSyntax);
        // "readonly" stands once: on the type, the property or the accessor.
        bool sayReadOnly = !readOnlyOwner && !(readOnlyMember && member is PropertyDeclarationSyntax);

        string value = string.Format(CultureInfo.InvariantCulture, conversion.FromStored, type.ToString(), name);
        string get = $"{(sayReadOnly ? "readonly " : "")}get => {value};";
        string set = $"{SetterOf(member, fixedAfterConstruction)} => {name} = value.{conversion.ToStored};";
        string modifiers = string.Concat(member.Modifiers.Where(m => member is PropertyDeclarationSyntax || !m.IsKind(SyntaxKind.ReadOnlyKeyword)).Select(m => m.Text + " "));

        // The offset of an explicit layout belongs to what is stored; the comment to what is seen.
        string attributes = member is FieldDeclarationSyntax ? string.Concat(member.AttributeLists.Select(list => list.ToString() + " ")) : "";
        MemberDeclarationSyntax stored = Parse($"{attributes}private {(fixedAfterConstruction ? "readonly " : "")}{conversion.Stored} {name};");
        MemberDeclarationSyntax property = Parse($"{modifiers}{type} {identifier.Text} {{ {get} {set} }}")
            .WithLeadingTrivia(member.GetLeadingTrivia())
            .WithTrailingTrivia(member.GetTrailingTrivia());
        return (Made.MemberLike(member, stored), property);
    }

    private static MemberDeclarationSyntax Parse(string text) => SyntaxFactory.ParseMemberDeclaration(text)!;

    /// <summary>A property that could only be set by the constructor stays so, as far as the language can say it.</summary>
    private static string SetterOf(MemberDeclarationSyntax member, bool fixedAfterConstruction)
    {
        if (member is FieldDeclarationSyntax)
        {
            return fixedAfterConstruction ? "init" : "set";
        }

        AccessorDeclarationSyntax? setter = ((PropertyDeclarationSyntax)member).AccessorList!.Accessors.FirstOrDefault(accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
        return setter is null ? "init" : string.Concat(setter.Modifiers.Select(m => m.Text + " ")) + setter.Keyword.Text;
    }

    private static string StoredName(TypeDeclarationSyntax owner, string name)
    {
        string bare = name.TrimStart('_');
        string stored = "_" + char.ToLowerInvariant(bare.Length > 0 ? bare[0] : 'v') + (bare.Length > 1 ? bare.Substring(1) : "");
        var taken = new HashSet<string>(owner.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        while (taken.Contains(stored))
        {
            stored += "Value";
        }

        return stored;
    }
}
