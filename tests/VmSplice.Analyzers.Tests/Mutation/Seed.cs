using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Tests.Mutation;

/// <summary>Correct code with one mistake put in.</summary>
/// <param name="Mistake">What was done to it.</param>
/// <param name="Root">The changed file.</param>
/// <param name="Place">The statement or expression that it was done to.</param>
internal sealed record Seed(string Mistake, SyntaxNode Root, string Place)
{
    public static Seed Replace(string mistake, SyntaxNode root, SyntaxNode old, SyntaxNode made)
        => new(mistake, root.ReplaceNode(old, made), Show(old));

    /// <summary>Puts statements around one.</summary>
    public static Seed Around(string mistake, SyntaxNode root, StatementSyntax statement, string before, string after)
    {
        StatementSyntax[] pre = before.Length == 0 ? [] : [Statement(before)];
        StatementSyntax[] post = after.Length == 0 ? [] : [.. after.Split('\n').Select(Statement)];
        SyntaxNode changed = statement.Parent is BlockSyntax block
            ? root.ReplaceNode(block, block.WithStatements(
                block.Statements.InsertRange(block.Statements.IndexOf(statement) + 1, post).InsertRange(block.Statements.IndexOf(statement), pre)))
            : root.ReplaceNode(statement, SyntaxFactory.Block((StatementSyntax[])[.. pre, statement, .. post]));
        return new Seed(mistake, changed, Show(statement));
    }

    public static StatementSyntax Statement(string text)
        => SyntaxFactory.ParseStatement(" " + text + "\n");

    public static ExpressionSyntax Expression(string text)
        => SyntaxFactory.ParseExpression(text);

    private static string Show(SyntaxNode node)
    {
        string text = string.Join(' ', node.ToString().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 90 ? text : text[..87] + "...";
    }
}
