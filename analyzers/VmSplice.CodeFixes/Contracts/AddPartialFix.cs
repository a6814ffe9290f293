using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1001: adds <c>partial</c> to the type, or to the type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPartialFix)), Shared]
public sealed class AddPartialFix() : DocumentFix(RuleIds.NotPartial, "Make the type partial")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Around<TypeDeclarationSyntax>() is not { } type || type.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            return null;
        }

        // Two records in one class both ask for the class.
        return site.Scope.Claim(type)
            ? editor => editor.ReplaceNode(type, (current, _) => PartialType.Of((TypeDeclarationSyntax)current))
            : FixSite.AlreadyDone;
    }
}
