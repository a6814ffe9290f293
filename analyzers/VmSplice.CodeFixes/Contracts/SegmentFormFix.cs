using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Generators.Parsing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1008: declares a segment as the generator needs it, <c>partial ref T</c> or <c>partial Span&lt;T&gt;</c> with a getter alone.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SegmentFormFix)), Shared]
public sealed class SegmentFormFix() : DocumentFix(ContractRuleIds.Segment, "Declare it as a segment")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        // What is wrong with a length, or with a name, is the user's to decide.
        if (site.Property(FindingProperties.Form) is not { } form
            || site.Around<PropertyDeclarationSyntax>() is not { ExplicitInterfaceSpecifier: null } wrong
            || SyntaxFactory.ParseMemberDeclaration(SegmentForm.Declaration(wrong, Qualified(form, site, wrong))) is not PropertyDeclarationSyntax right)
        {
            return null;
        }

        SyntaxToken first = wrong.Modifiers.Count > 0 ? wrong.Modifiers[0] : wrong.Type.GetFirstToken();
        right = right
            .WithModifiers(right.Modifiers.Replace(right.Modifiers[0], right.Modifiers[0].WithLeadingTrivia(first.LeadingTrivia)))
            .WithAttributeLists(wrong.AttributeLists)
            .WithTrailingTrivia(wrong.GetTrailingTrivia());
        return editor => editor.ReplaceNode(wrong, right);
    }

    private static string Qualified(string form, FixSite site, SyntaxNode near)
        => form.StartsWith("Span<", StringComparison.Ordinal) && site.Model.LookupNamespacesAndTypes(near.SpanStart, name: "Span").IsEmpty
            ? "System." + form
            : form;
}
