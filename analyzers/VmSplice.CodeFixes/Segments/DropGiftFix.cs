using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Raw;
using VmSplice.CodeFixes.Raw;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Segments;

/// <summary>VMS3001, VMS3002: sends without gifting, which asks for no alignment. The reader gets the same bytes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DropGiftFix)), Shared]
public sealed class DropGiftFix() : DocumentFix([RuleIds.AddressNotAligned, RuleIds.LengthNotWholePages], ["Send without gifting"])
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Diagnostic.Properties.ContainsKey(FindingProperties.GiftOfWriter))
        {
            return SendInstead(site);
        }

        // The raw call is the related place; the diagnostic itself sits on the address or length.
        if (site.RelatedNode is not InvocationExpressionSyntax syntax
            || site.Model.GetOperation(syntax, site.Cancellation) is not { } operation
            || RawCalls.Create(site.Model.Compilation)?.TryGet(operation)?.Flags?.Syntax is not ExpressionSyntax flags)
        {
            return null;
        }

        if (!site.Scope.Claim(syntax))
        {
            return FixSite.AlreadyDone;
        }

        foreach (ExpressionSyntax term in Terms(flags))
        {
            switch (FlagTerms.Bits(term, site))
            {
                case SpliceFlagBits.Gift:
                    return FlagTerms.Replace(term, null, site);
                case { } bits when (bits & SpliceFlagBits.Gift) != 0 && term is LiteralExpressionSyntax:
                    return FlagTerms.Replace(term, FlagTerms.Number(bits & ~SpliceFlagBits.Gift), site);
            }
        }

        return null;
    }

    private static Action<SyntaxEditor>? SendInstead(FixSite site)
    {
        if (site.Around<ArgumentSyntax>()?.Parent?.Parent is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            || access.Name.Identifier.ValueText != "Gift")
        {
            return null;
        }

        if (!site.Scope.Claim(access))
        {
            return FixSite.AlreadyDone;
        }

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
