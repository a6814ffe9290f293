using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Generators.Parsing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1004: orders the fields by falling size where that leaves no padding, or fills the padding with fields.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PaddingFix))]
[Shared]
public sealed class PaddingFix : ContractFix
{
    private const string Order = "Order the fields by falling size";
    private const string Fill = "Fill the padding with a field";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ContractRuleIds.Padding];

    /// <inheritdoc/>
    protected override IEnumerable<string> TitlesFor(SyntaxNode root, Diagnostic diagnostic)
    {
        if (TypeAt(root, diagnostic) is not { } type)
        {
            yield break;
        }

        if (diagnostic.Properties.TryGetValue(FindingProperties.Order, out string? order) && order is not null && FieldOrder.Apply(type, order) is not null)
        {
            yield return Order;
        }

        if (PaddingFields.CanFill(MemberAt(root, diagnostic), diagnostic))
        {
            yield return Fill;
        }
    }

    /// <inheritdoc/>
    protected override void Apply(SyntaxEditor editor, IReadOnlyList<Diagnostic> diagnostics, string title)
    {
        SyntaxNode root = editor.OriginalRoot;
        if (title == Order)
        {
            foreach (IGrouping<TypeDeclarationSyntax, Diagnostic> type in diagnostics.GroupBy(diagnostic => TypeAt(root, diagnostic)!))
            {
                string order = type.First().Properties[FindingProperties.Order]!;
                editor.ReplaceNode(type.Key, (current, _) => FieldOrder.Apply((TypeDeclarationSyntax)current, order) ?? current);
            }

            return;
        }

        foreach (Diagnostic diagnostic in diagnostics)
        {
            var after = (MemberDeclarationSyntax)MemberAt(root, diagnostic)!;
            editor.InsertAfter(after, PaddingFields.For(after, diagnostic));
        }
    }
}
