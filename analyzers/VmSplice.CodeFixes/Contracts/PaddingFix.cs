using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1004: orders the fields by falling size where that leaves no padding, or fills the padding with fields.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PaddingFix)), Shared]
public sealed class PaddingFix() : DocumentFix([RuleIds.Padding], [Order, Fill])
{
    private const string Order = "Order the fields by falling size";
    private const string Fill = "Fill the padding with a field";

    private protected override Action<SyntaxEditor>? Plan(FixSite site) => site.Title == Order ? PlanOrder(site) : PlanFill(site);

    private static Action<SyntaxEditor>? PlanOrder(FixSite site)
    {
        if (site.Property(FindingProperties.Order) is not { } order
            || site.Around<TypeDeclarationSyntax>() is not { } type
            || FieldOrder.Apply(type, order) is null)
        {
            return null;
        }

        return site.Scope.Claim(type)
            ? editor => editor.ReplaceNode(type, (current, _) => FieldOrder.Apply((TypeDeclarationSyntax)current, order) ?? current)
            : FixSite.AlreadyDone;
    }

    private static Action<SyntaxEditor>? PlanFill(FixSite site)
        => FieldSite.Of(site) is MemberDeclarationSyntax after && PaddingFields.CanFill(after, site.Diagnostic)
            ? editor => editor.InsertAfter(after, PaddingFields.For(after, site.Diagnostic))
            : null;
}
