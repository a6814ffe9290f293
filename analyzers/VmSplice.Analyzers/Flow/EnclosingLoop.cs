using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Flow;

/// <summary>The loop that a piece of code is in, as the source writes it.</summary>
internal static class EnclosingLoop
{
    /// <summary>The innermost loop of the same function; null where there is none.</summary>
    public static StatementSyntax? Of(SyntaxNode node)
    {
        for (SyntaxNode? around = node.Parent; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case WhileStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or DoStatementSyntax:
                    return (StatementSyntax)around;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }
}
