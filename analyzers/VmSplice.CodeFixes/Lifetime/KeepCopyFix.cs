using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>VMS2016: <c>list.Add(batch.ToArray())</c>. By hand: it costs a copy of each batch, and what is kept is another value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepCopyFix)), Shared]
public sealed class KeepCopyFix() : DocumentFix([RuleIds.KeptBatch], ["Keep a copy: it stays as it is when the reader moves on"], byHand: true)
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        SyntaxNode at = site.Node is ArgumentSyntax argument ? argument.Expression : site.Node;
        if (at.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { } assignment && assignment.Left.Span.Contains(at.Span))
        {
            at = assignment.Right;
        }

        if (at is not ExpressionSyntax batch || site.Model.GetTypeInfo(batch, site.Cancellation).Type is not { Name: "ReadOnlyMemory" or "Memory" })
        {
            return null;
        }

        ExpressionSyntax on = batch is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
            ? batch.WithoutTrivia()
            : SyntaxFactory.ParenthesizedExpression(batch.WithoutTrivia());
        return editor => editor.ReplaceNode(batch, SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, on, SyntaxFactory.IdentifierName("ToArray"))).WithTriviaFrom(batch));
    }
}
