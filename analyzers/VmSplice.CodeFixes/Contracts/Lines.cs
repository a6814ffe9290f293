using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>Gives a new member a line of its own, or a place in the line, as its neighbour has it.</summary>
internal static class Lines
{
    public static MemberDeclarationSyntax Like(MemberDeclarationSyntax neighbour, MemberDeclarationSyntax member)
    {
        SyntaxTrivia end = neighbour.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        // The white space that starts the neighbour's line, without its comments.
        IEnumerable<SyntaxTrivia> indent = neighbour.GetLeadingTrivia()
            .Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        return member
            .WithLeadingTrivia(indent)
            .WithTrailingTrivia(end.IsKind(SyntaxKind.None) ? SyntaxFactory.Space : end);
    }
}
