using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Generators.Parsing;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>VMS1005: replaces the type of a field by one that has the same size everywhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixedSizeTypeFix)), Shared]
public sealed class FixedSizeTypeFix() : DocumentFix(ContractRuleIds.PlatformSize, "Use a type of fixed size")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        // An inline array of such a type is declared elsewhere, and carries no replacement.
        if (site.Property(FindingProperties.Replacement) is not { } replacement || TypeOf(FieldSite.Of(site)) is not { } type)
        {
            return null;
        }

        // "nint a, b;" has two diagnostics and one type.
        return site.Scope.Claim(type)
            ? editor => editor.ReplaceNode(type, SyntaxFactory.ParseTypeName(replacement).WithTriviaFrom(type))
            : FixSite.AlreadyDone;
    }

    private static TypeSyntax? TypeOf(SyntaxNode? member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Type,
        PropertyDeclarationSyntax property => property.Type,
        ParameterSyntax parameter => parameter.Type,
        _ => null,
    };
}
