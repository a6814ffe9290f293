using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace VmSplice.CodeFixes;

/// <summary>Code made of text. Its qualified names shrink to what the file's usings allow.</summary>
internal static class Made
{
    public static ExpressionSyntax Expression(string text) => Shrinking(SyntaxFactory.ParseExpression(text));

    /// <summary>A statement on a line of its own, which the formatter indents.</summary>
    public static StatementSyntax Statement(string text)
        => Shrinking(SyntaxFactory.ParseStatement(text + "\n")).WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>A statement with a line of its own, or a place in the line, as its neighbour has it.</summary>
    public static StatementSyntax StatementLike(StatementSyntax neighbour, string text)
    {
        StatementSyntax made = Shrinking(SyntaxFactory.ParseStatement(text));
        SyntaxTrivia end = EndOfLine(neighbour);
        return made
            .WithLeadingTrivia(end.IsKind(SyntaxKind.None) ? [] : Indent(neighbour))
            .WithTrailingTrivia(end.IsKind(SyntaxKind.None) ? SyntaxFactory.Space : end);
    }

    /// <summary>A statement in the place of another, with its comments.</summary>
    public static StatementSyntax Instead(SyntaxNode current, string text)
    {
        StatementSyntax made = Statement(text).WithLeadingTrivia(current.GetLeadingTrivia());
        SyntaxTriviaList trailing = current.GetTrailingTrivia();
        return trailing.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            ? made : made.WithTrailingTrivia(trailing);
    }

    /// <summary>A member with a line of its own, or a place in the line, as its neighbour has it.</summary>
    public static MemberDeclarationSyntax MemberLike(MemberDeclarationSyntax neighbour, MemberDeclarationSyntax member)
    {
        SyntaxTrivia end = EndOfLine(neighbour);
        return member
            .WithLeadingTrivia(Indent(neighbour))
            .WithTrailingTrivia(end.IsKind(SyntaxKind.None) ? SyntaxFactory.Space : end);
    }

    private static SyntaxTrivia EndOfLine(SyntaxNode neighbour)
        => neighbour.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>The white space that starts the neighbour's line, without its comments.</summary>
    private static IEnumerable<SyntaxTrivia> Indent(SyntaxNode neighbour)
        => neighbour.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();

    private static T Shrinking<T>(T made)
        where T : SyntaxNode
        => made.ReplaceNodes(
            made.DescendantNodesAndSelf()
                .Where(node => node is NameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or CastExpressionSyntax),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
}
