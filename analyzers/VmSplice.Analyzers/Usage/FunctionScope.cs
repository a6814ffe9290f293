using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Usage;

/// <summary>The function that a piece of code runs in, and what is named there.</summary>
internal static class FunctionScope
{
    /// <summary>The body of the innermost lambda, local function or member; of top-level statements the whole file.</summary>
    public static SyntaxNode? Of(SyntaxNode node)
    {
        for (SyntaxNode? at = node; at is not null; at = at.Parent)
        {
            if (at is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax or BaseMethodDeclarationSyntax
                or AccessorDeclarationSyntax or PropertyDeclarationSyntax)
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>All that names a variable or a member, in the order of the text.</summary>
    public static IEnumerable<SimpleNameSyntax> Mentions(SyntaxNode scope, ISymbol symbol, SemanticModel model, CancellationToken cancellation)
        => scope.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText == symbol.Name
            && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, symbol));

    public static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    /// <summary>The member that is asked of a name: <c>Flush</c> of <c>writer.Flush()</c>; null where the name is used in another way.</summary>
    public static string? MemberOf(ExpressionSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == name => access.Name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member } } access
            when access.Expression == name => member.Name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax member } access when access.Expression == name
            => member.Name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => MemberOf(own),
        PostfixUnaryExpressionSyntax sure => MemberOf(sure),
        ParenthesizedExpressionSyntax parenthesized => MemberOf(parenthesized),
        _ => null,
    };
}
