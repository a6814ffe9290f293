using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Generators.Parsing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1001: adds <c>partial</c> to the type, or to the type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPartialFix))]
[Shared]
public sealed class AddPartialFix : ContractFix
{
    private const string Title = "Make the type partial";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ContractRuleIds.NotPartial];

    /// <inheritdoc/>
    protected override IEnumerable<string> TitlesFor(SyntaxNode root, Diagnostic diagnostic)
    {
        if (TypeAt(root, diagnostic) is { } type && !type.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return Title;
        }
    }

    /// <inheritdoc/>
    protected override void Apply(SyntaxEditor editor, IReadOnlyList<Diagnostic> diagnostics, string title)
    {
        // Two records in one class both ask for the class.
        foreach (TypeDeclarationSyntax type in diagnostics.Select(diagnostic => TypeAt(editor.OriginalRoot, diagnostic)!).Distinct())
        {
            editor.ReplaceNode(type, (current, _) => MakePartial((TypeDeclarationSyntax)current));
        }
    }

    private static TypeDeclarationSyntax MakePartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? type.WithModifiers(type.Modifiers.Add(partial))
            : type
                .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)))
                .WithKeyword(type.Keyword.WithLeadingTrivia());
    }
}
