using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>Where a local variable is named, and whether what is made of it gets out of the method.</summary>
internal static class LocalUses
{
    public static IEnumerable<IdentifierNameSyntax> Of(ILocalSymbol local, SyntaxNode within, FixSite site)
        => within.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
            name.Identifier.ValueText == local.Name
            && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name, site.Cancellation).Symbol, local));

    /// <summary>Whether an expression is returned, or stored by an assignment.</summary>
    public static bool Leaves(ExpressionSyntax expression)
    {
        for (SyntaxNode? node = expression; node is not null; node = node.Parent)
        {
            switch (node)
            {
                // An element read is a copy, a call decides on its own what it gives back.
                case ReturnStatementSyntax or YieldStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax:
                    return true;
                case AssignmentExpressionSyntax assignment:
                    return assignment.Right.Span.Contains(expression.Span) && assignment.Left is not IdentifierNameSyntax;
                case StatementSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether a lambda or a local function is between it and the scope of its variable: it may run at any time, and live longer.</summary>
    public static bool IsInFunction(SyntaxNode use, SyntaxNode scope)
        => use.Ancestors().TakeWhile(node => node != scope)
            .Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
