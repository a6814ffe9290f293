using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>
/// VMS1003 on a union: keeps the field whose bytes all are, and makes the other a property that reads and writes its part of them.
/// Which of the two is the field and which a view of it, the user decides.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnionFix)), Shared]
public sealed class UnionFix() : DocumentFix(
    [RuleIds.Layout], ["Make it a property over the bytes of the other field: nobody can take a reference to it any more"], byHand: true)
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Property(FindingProperties.Problem) != nameof(LayoutProblem.Union)
            || site.Property(FindingProperties.Kept) is not { } kept
            || site.Property(FindingProperties.KeptType) is not { } keptType
            || FieldSite.Of(site)
                is not FieldDeclarationSyntax { Declaration: { Variables: { Count: 1 } only } declaration, Parent: TypeDeclarationSyntax owner } field
            // A constructor of what cannot change afterwards sets one of them only.
            || field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) || field.Modifiers.Any(SyntaxKind.FixedKeyword)
            || owner.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
            || only[0].Initializer is not null
            || site.Model.GetTypeInfo(declaration.Type, site.Cancellation).Type is not { } symbol)
        {
            return null;
        }

        string type = symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string name = SyntaxFacts.GetKeywordKind(kept) == SyntaxKind.None ? kept : "@" + kept;
        (string get, string set) =
            AccessTo(name, keptType, type, Number(FindingProperties.Within), Number(FindingProperties.KeptSize) == Number(FindingProperties.Size));
        string modifiers = string.Concat(field.Modifiers.Select(modifier => modifier.Text + " "));
        PropertyDeclarationSyntax property = (PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(
            $"{AttributesOf(field, site)}{modifiers}{declaration.Type} {only[0].Identifier.Text} {{ readonly get => X; set => X; }}")!;
        property = property.WithAccessorList(property.AccessorList!.WithAccessors(SyntaxFactory.List(
            [WithBody(property.AccessorList.Accessors[0], get), WithBody(property.AccessorList.Accessors[1], set)])));
        return editor => editor.ReplaceNode(field, property.WithLeadingTrivia(field.GetLeadingTrivia()).WithTrailingTrivia(field.GetTrailingTrivia()));

        int Number(string key) => int.Parse(site.Property(key)!, CultureInfo.InvariantCulture);
    }

    private static AccessorDeclarationSyntax WithBody(AccessorDeclarationSyntax accessor, string text)
        => accessor.WithExpressionBody(SyntaxFactory.ArrowExpressionClause(Made.Expression(text).WithLeadingTrivia(SyntaxFactory.Space)));

    private static (string Get, string Set) AccessTo(string kept, string keptType, string type, int within, bool isWhole)
    {
        if (isWhole)
        {
            const string Cast = "global::System.Runtime.CompilerServices.Unsafe.BitCast";
            return ($"{Cast}<{keptType}, {type}>({kept})", $"{kept} = {Cast}<{type}, {keptType}>(value)");
        }

        const string Marshal = "global::System.Runtime.InteropServices.MemoryMarshal";
        string from = within == 0 ? "" : FormattableString.Invariant($".Slice({within})");
        return (
            $"{Marshal}.Read<{type}>({Marshal}.AsBytes(new global::System.ReadOnlySpan<{keptType}>(in {kept})){from})",
            $"{Marshal}.Write({Marshal}.AsBytes(new global::System.Span<{keptType}>(ref {kept})){from}, value)");
    }

    private static string AttributesOf(FieldDeclarationSyntax field, FixSite site) => DividedAttributes.Of(field, site).OfProperty;
}
