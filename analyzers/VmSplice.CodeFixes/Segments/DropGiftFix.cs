using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Segments;
using VmSplice.CodeFixes.Usage;

namespace VmSplice.CodeFixes.Segments;

/// <summary>VMS3001, VMS3002: sends without gifting, which asks for no alignment. The reader gets the same bytes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DropGiftFix)), Shared]
public sealed class DropGiftFix : PlannedFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["VMS3001", "VMS3002"];

    protected override string Title => "Send without gifting";

    private protected override Action<SyntaxEditor>? Plan(
        SyntaxNode root, SemanticModel model, Diagnostic diagnostic, FixScope place, CancellationToken cancellation)
    {
        if (diagnostic.Properties.ContainsKey(GiftRule.HighLevel))
            return SendInstead(root.FindNode(diagnostic.Location.SourceSpan), place);
        // The raw call is the related place; the diagnostic itself sits on the address or length.
        if (diagnostic.AdditionalLocations.Count == 0
            || root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax syntax
            || model.GetOperation(syntax, cancellation) is not { } operation
            || RawCalls.Create(model.Compilation)?.TryGet(operation)?.Flags?.Syntax is not ExpressionSyntax flags)
            return null;
        if (place.TryShare(syntax, out _))
            return _ => { };
        foreach (var term in Terms(flags))
        {
            switch (FlagTerms.Bits(term, model, cancellation))
            {
                case SpliceFlagBits.Gift:
                    place.Share(syntax, "");
                    return FlagTerms.Replace(term, null, place, model, cancellation);
                case { } bits when (bits & SpliceFlagBits.Gift) != 0 && term is LiteralExpressionSyntax:
                    place.Share(syntax, "");
                    return FlagTerms.Replace(term, FlagTerms.Number(bits & ~SpliceFlagBits.Gift), place, model, cancellation);
            }
        }

        return null;
    }

    private static Action<SyntaxEditor>? SendInstead(SyntaxNode argument, FixScope place)
    {
        if (argument.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            || access.Name.Identifier.ValueText != "Gift")
            return null;
        if (place.TryShare(access, out _))
            return _ => { };
        place.Share(access, "");
        return editor => editor.ReplaceNode(access.Name, (current, _) => ((SimpleNameSyntax)current).WithIdentifier(
            SyntaxFactory.Identifier("Send").WithTriviaFrom(((SimpleNameSyntax)current).Identifier)));
    }

    private static IEnumerable<ExpressionSyntax> Terms(ExpressionSyntax flags)
    {
        switch (flags)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Terms(parenthesized.Expression);
            case CastExpressionSyntax cast:
                return Terms(cast.Expression);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } sum:
                return Terms(sum.Left).Concat(Terms(sum.Right));
            default:
                return [flags];
        }
    }
}
