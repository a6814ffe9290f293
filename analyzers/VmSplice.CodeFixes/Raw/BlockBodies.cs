using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace VmSplice.CodeFixes.Raw;

/// <summary>Methods that are one expression and have to be several statements.</summary>
internal static class BlockBodies
{
    /// <summary>Only where the value of the expression is dropped.</summary>
    public static bool CanReplace(ArrowExpressionClauseSyntax arrow, FixSite site)
        => arrow.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax
            && site.Model.GetDeclaredSymbol(arrow.Parent, site.Cancellation) is IMethodSymbol { ReturnsVoid: true };

    public static void Replace(SyntaxEditor editor, ArrowExpressionClauseSyntax arrow, IEnumerable<string> statements)
        => editor.ReplaceNode(arrow.Parent!,
            (current, _) => WithBody(current, SyntaxFactory.Block(statements.Select(Made.Statement))).WithTriviaFrom(current)
                .WithAdditionalAnnotations(Formatter.Annotation));

    private static SyntaxNode WithBody(SyntaxNode function, BlockSyntax body) => function switch
    {
        MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body),
        LocalFunctionStatementSyntax local => local.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body),
        _ => function,
    };
}
