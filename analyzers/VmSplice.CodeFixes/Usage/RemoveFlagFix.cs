using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Raw;

namespace VmSplice.CodeFixes.Usage;

/// <summary>VMS4005: takes the flag out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveFlagFix)), Shared]
public sealed class RemoveFlagFix : PlannedFix
{
    private const long Useless = SpliceFlagBits.Move | SpliceFlagBits.More;

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["VMS4005"];

    protected override string Title => "Remove the flag";

    private protected override Action<SyntaxEditor>? Plan(
        SyntaxNode root, SemanticModel model, Diagnostic diagnostic, FixScope place, CancellationToken cancellation)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax term)
            return null;
        if (FlagTerms.Bits(term, model, cancellation) is not { } bits)
            return null;
        if ((bits & ~Useless) == 0)
            return FlagTerms.Replace(term, null, place, model, cancellation);
        // A number that means other flags as well keeps those.
        return term is LiteralExpressionSyntax
            ? FlagTerms.Replace(term, FlagTerms.Number(bits & ~Useless), place, model, cancellation)
            : null;
    }
}
