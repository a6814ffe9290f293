using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>
/// A flag that a member tests and sets: <c>if (!_sent) { _sent = true; writer.Send(_buffer); }</c>. The field still holds the buffer, and the flag says
/// that nobody is to use it.
/// </summary>
internal static class FlagsBeside
{
    public static bool Guard(IMethodSymbol method, CancellationToken cancellation)
    {
        foreach (SyntaxReference declaration in method.DeclaringSyntaxReferences)
        {
            SyntaxNode body = declaration.GetSyntax(cancellation);
            HashSet<string> set = [.. body.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(IsFlag).Select(one => NameOf(one.Left))];
            if (set.Count > 0 && body.DescendantNodes().Any(node => ConditionOf(node) is { } condition
                && condition.DescendantNodesAndSelf().Any(name => name is IdentifierNameSyntax identifier && set.Contains(identifier.Identifier.ValueText))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A field is set to true or false.</summary>
    private static bool IsFlag(AssignmentExpressionSyntax assignment)
        => assignment.Right.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression
        && assignment.Left is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && !assignment.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes()
            .Any(node => node is VariableDeclaratorSyntax local && local.Identifier.ValueText == NameOf(assignment.Left));

    private static string NameOf(ExpressionSyntax target)
        => target is MemberAccessExpressionSyntax member ? member.Name.Identifier.ValueText : ((IdentifierNameSyntax)target).Identifier.ValueText;

    private static ExpressionSyntax? ConditionOf(SyntaxNode node) => node switch
    {
        IfStatementSyntax test => test.Condition,
        ConditionalExpressionSyntax test => test.Condition,
        WhileStatementSyntax loop => loop.Condition,
        _ => null,
    };
}
