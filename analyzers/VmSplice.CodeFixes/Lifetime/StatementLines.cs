using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>Makes statements out of text, each with a line of its own, or a place in the line, as its neighbour has it.</summary>
internal static class StatementLines
{
    public static StatementSyntax Like(StatementSyntax neighbour, string text)
    {
        SyntaxTrivia end = neighbour.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        IEnumerable<SyntaxTrivia> indent = neighbour.GetLeadingTrivia()
            .Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        return Parse(text)
            .WithLeadingTrivia(end.IsKind(SyntaxKind.None) ? [] : indent)
            .WithTrailingTrivia(end.IsKind(SyntaxKind.None) ? SyntaxFactory.Space : end);
    }

    /// <summary>A statement whose qualified names shrink to what the file's usings allow.</summary>
    private static StatementSyntax Parse(string text)
    {
        StatementSyntax made = SyntaxFactory.ParseStatement(text);
        return made.ReplaceNodes(
            made.DescendantNodes().Where(node => node is NameSyntax or MemberAccessExpressionSyntax),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
