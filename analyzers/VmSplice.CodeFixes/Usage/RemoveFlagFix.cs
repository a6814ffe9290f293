using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Raw;
using VmSplice.CodeFixes.Raw;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Usage;

/// <summary>VMS4005: takes the flag out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveFlagFix)), Shared]
public sealed class RemoveFlagFix() : DocumentFix(RuleIds.UselessFlag, "Remove the flag")
{
    private const long Useless = SpliceFlagBits.Move | SpliceFlagBits.More;

    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Node is not ExpressionSyntax term || FlagTerms.Bits(term, site) is not { } bits)
        {
            return null;
        }

        if ((bits & ~Useless) == 0)
        {
            return FlagTerms.Replace(term, null, site);
        }

        // A number that means other flags as well keeps those.
        return term is LiteralExpressionSyntax
            ? FlagTerms.Replace(term, FlagTerms.Number(bits & ~Useless), site)
            : null;
    }
}
