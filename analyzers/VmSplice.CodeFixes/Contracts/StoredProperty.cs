using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>Turns a field or an automatic property into a field of another type and a property that converts.</summary>
internal static class StoredProperty
{
    /// <summary>
    /// The edit, or <see langword="null"/> where the member has an initial value, shares its declaration, or implements an interface by name.
    /// </summary>
    public static Action<SyntaxEditor>? Plan(FixSite site, Conversion conversion)
    {
        if (FieldSite.Of(site) is not MemberDeclarationSyntax member || !CanReplace(member))
        {
            return null;
        }

        (MemberDeclarationSyntax stored, MemberDeclarationSyntax property) = Replace(member, conversion, DividedAttributes.Of(member, site));
        return editor =>
        {
            editor.InsertBefore(member, stored);
            editor.ReplaceNode(member, property);
        };
    }

    /// <summary>A record compares its fields, so that their type is part of what it means.</summary>
    public static bool IsInRecord(FixSite site) => site.Around<TypeDeclarationSyntax>() is RecordDeclarationSyntax;

    private static bool CanReplace(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax { Declaration.Variables: { Count: 1 } only } => only[0].Initializer is null,
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null, Initializer: null, AccessorList: { } accessors } =>
            accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null),
        _ => false,
    };

    private static (MemberDeclarationSyntax Stored, MemberDeclarationSyntax Property) Replace(
        MemberDeclarationSyntax member, Conversion conversion, DividedAttributes attributes)
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
        string set = $"{SetterOf(member, fixedAfterConstruction)} => {name} = {string.Format(CultureInfo.InvariantCulture, conversion.ToStored, "value")};";
        string modifiers =
            string.Concat(member.Modifiers.Where(m => member is PropertyDeclarationSyntax || !m.IsKind(SyntaxKind.ReadOnlyKeyword)).Select(m => m.Text + " "));

        MemberDeclarationSyntax stored = Parse($"{attributes.OfField}private {(fixedAfterConstruction ? "readonly " : "")}{conversion.Stored} {name};");
        MemberDeclarationSyntax property = Parse($"{attributes.OfProperty}{modifiers}{type} {identifier.Text} {{ {get} {set} }}");
        // A comment stays with what is seen; what is stored goes before it, but behind an #if that both stand in.
        SyntaxTriviaList leading = member.GetLeadingTrivia();
        int directives = leading.Count == 0 ? 0 : 1 + leading.Select((trivia, index) => trivia.IsDirective ? index : -1).Max();
        MemberDeclarationSyntax like = Made.MemberLike(member, stored);
        return (
            like.WithLeadingTrivia(leading.Take(directives).Concat(like.GetLeadingTrivia())),
            property.WithLeadingTrivia(leading.Skip(directives)).WithTrailingTrivia(member.GetTrailingTrivia()));
    }

    private static MemberDeclarationSyntax Parse(string text) => SyntaxFactory.ParseMemberDeclaration(text)!;

    /// <summary>A property that could only be set by the constructor stays so, as far as the language can say it.</summary>
    private static string SetterOf(MemberDeclarationSyntax member, bool fixedAfterConstruction)
    {
        if (member is FieldDeclarationSyntax)
        {
            return fixedAfterConstruction ? "init" : "set";
        }

        AccessorDeclarationSyntax? setter =
            ((PropertyDeclarationSyntax)member).AccessorList!.Accessors.FirstOrDefault(accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
        return setter is null ? "init" : string.Concat(setter.Modifiers.Select(m => m.Text + " ")) + setter.Keyword.Text;
    }

    private static string StoredName(TypeDeclarationSyntax owner, string name)
    {
        string bare = name.TrimStart('_');
        string stored = "_" + char.ToLowerInvariant(bare.Length > 0 ? bare[0] : 'v') + (bare.Length > 1 ? bare.Substring(1) : "");
        var taken = new HashSet<string>(owner.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText),
            StringComparer.Ordinal);
        while (taken.Contains(stored))
        {
            stored += "Value";
        }

        return stored;
    }
}
