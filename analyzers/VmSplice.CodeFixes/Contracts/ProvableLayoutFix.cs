using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1003: makes an automatic layout sequential, or fills the gaps of an explicit one, whose fields stay where they are.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProvableLayoutFix)), Shared]
public sealed class ProvableLayoutFix() : DocumentFix([RuleIds.Layout], [MakeSequential, Fill])
{
    private const string MakeSequential = "Use LayoutKind.Sequential";
    private const string Fill = "Fill the gap with a field";

    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Title == Fill)
        {
            return site.Property(FindingProperties.Problem) == nameof(LayoutProblem.Gap)
                && FieldSite.Of(site) is MemberDeclarationSyntax next && PaddingFields.CanFill(next, site.Diagnostic)
                    ? editor => editor.InsertBefore(next, PaddingFields.For(next, site.Diagnostic))
                    : null;
        }

        return KindArgument(site) is not { } kind ? null
            : site.Scope.Claim(kind) ? editor => editor.ReplaceNode(kind, SyntaxFactory.IdentifierName("Sequential").WithTriviaFrom(kind))
            : FixSite.AlreadyDone;
    }

    /// <summary>The <c>Auto</c> of <c>LayoutKind.Auto</c>; a number in its place is left to the user.</summary>
    private static SimpleNameSyntax? KindArgument(FixSite site)
        => site.Around<AttributeSyntax>()?.ArgumentList?.Arguments.FirstOrDefault()?.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax name => name,
            _ => null,
        };
}
