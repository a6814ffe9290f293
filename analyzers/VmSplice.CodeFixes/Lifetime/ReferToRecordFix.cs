using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>VMS2015: <c>ref Tick tick = ref records.Next();</c>. By hand, because the reader then gets what was meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReferToRecordFix)), Shared]
public sealed class ReferToRecordFix() : DocumentFix([RuleIds.CopiedRecord], ["Declare it as a reference: what is written to it is sent"], byHand: true)
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Node is not ExpressionSyntax copied
            || copied.Parent
                is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } }
            || declaration.Parent is not (LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } or ForStatementSyntax)
            || declaration.Type is RefTypeSyntax)
        {
            return null;
        }

        return editor =>
        {
            editor.ReplaceNode(declaration.Type, SyntaxFactory.RefType(
                SyntaxFactory.Token(SyntaxKind.RefKeyword).WithLeadingTrivia(declaration.Type.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
                declaration.Type.WithLeadingTrivia()));
            editor.ReplaceNode(copied, SyntaxFactory.RefExpression(
                SyntaxFactory.Token(SyntaxKind.RefKeyword).WithTrailingTrivia(SyntaxFactory.Space), copied.WithoutLeadingTrivia())
                    .WithLeadingTrivia(copied.GetLeadingTrivia()));
        };
    }
}
