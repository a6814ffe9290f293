using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Usage;

/// <summary>
/// VMS4001 on an asynchronous send: awaits it, where the function around it is asynchronous already. What follows then waits for the
/// reader, which may be what follows: only the user knows.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitSendFix)), Shared]
public sealed class AwaitSendFix() : DocumentFix([RuleIds.ResultIgnored], ["Await it: what follows waits until all was sent"], byHand: true)
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        if (site.Node is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } call
            || site.Model.GetTypeInfo(call, site.Cancellation).Type is not { Name: "ValueTask" or "Task" }
            || !IsInAsync(statement))
        {
            return null;
        }

        AwaitExpressionSyntax awaited = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), call.WithoutLeadingTrivia());
        return editor => editor.ReplaceNode(call, awaited.WithLeadingTrivia(call.GetLeadingTrivia()));
    }

    private static bool IsInAsync(SyntaxNode statement)
    {
        foreach (SyntaxNode around in statement.Ancestors())
        {
            switch (around)
            {
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword != default;
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case GlobalStatementSyntax:
                    return true;
                case MemberDeclarationSyntax member:
                    return member.Modifiers.Any(SyntaxKind.AsyncKeyword);
            }
        }

        return false;
    }
}
