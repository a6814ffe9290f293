using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Generators.Parsing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1005: replaces the type of a field by one that has the same size everywhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixedSizeTypeFix))]
[Shared]
public sealed class FixedSizeTypeFix : ContractFix
{
    private const string Title = "Use a type of fixed size";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ContractRuleIds.PlatformSize];

    /// <inheritdoc/>
    protected override IEnumerable<string> TitlesFor(SyntaxNode root, Diagnostic diagnostic)
    {
        // An inline array of such a type is declared elsewhere, and carries no replacement.
        if (diagnostic.Properties.ContainsKey(FindingProperties.Replacement) && TypeOf(MemberAt(root, diagnostic)) is not null)
        {
            yield return Title;
        }
    }

    /// <inheritdoc/>
    protected override void Apply(SyntaxEditor editor, IReadOnlyList<Diagnostic> diagnostics, string title)
    {
        // "nint a, b;" has two diagnostics and one type.
        foreach (IGrouping<TypeSyntax, Diagnostic> same in diagnostics.GroupBy(diagnostic => TypeOf(MemberAt(editor.OriginalRoot, diagnostic))!))
        {
            string replacement = same.First().Properties[FindingProperties.Replacement]!;
            editor.ReplaceNode(same.Key, SyntaxFactory.ParseTypeName(replacement).WithTriviaFrom(same.Key));
        }
    }

    private static TypeSyntax? TypeOf(SyntaxNode? member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Type,
        PropertyDeclarationSyntax property => property.Type,
        ParameterSyntax parameter => parameter.Type,
        _ => null,
    };
}
