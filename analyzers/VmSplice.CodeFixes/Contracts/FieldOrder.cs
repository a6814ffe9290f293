using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>Puts the members of a type that hold its values into another order; everything else stays where it is.</summary>
internal static class FieldOrder
{
    /// <param name="order">The names of all fields, with commas between.</param>
    /// <returns>The type, or <see langword="null"/> where a field is not declared by a member of its own here.</returns>
    public static TypeDeclarationSyntax? Apply(TypeDeclarationSyntax type, string order)
    {
        // A record prints its members as they stand.
        if (type is RecordDeclarationSyntax)
        {
            return null;
        }

        string[] names = order.Split(',');
        var rank = new Dictionary<MemberDeclarationSyntax, int>();
        foreach (MemberDeclarationSyntax member in type.Members)
        {
            int first = NamesOf(member).Select(name => Array.IndexOf(names, name)).DefaultIfEmpty(-1).Min();
            if (first >= 0)
            {
                rank.Add(member, first);
            }
        }

        // What stands in an #if stays there, and initial values are computed in the order of their fields.
        if (rank.Keys.Any(member => member.ContainsDirectives)
            || rank.Keys.SelectMany(InitializersOf).Count(initializer => initializer is not LiteralExpressionSyntax) > 1)
        {
            return null;
        }

        if (rank.Keys.Sum(member => NamesOf(member).Count()) != names.Length)
        {
            return null;
        }

        var ordered = new Queue<MemberDeclarationSyntax>(rank.OrderBy(pair => pair.Value).Select(pair => pair.Key));
        return type.WithMembers(SyntaxFactory.List(type.Members.Select(member => rank.ContainsKey(member) ? Place(ordered.Dequeue(), member) : member)));
    }

    /// <summary>Comments go with their field; the line breaks between members stay.</summary>
    private static MemberDeclarationSyntax Place(MemberDeclarationSyntax moved, MemberDeclarationSyntax slot)
    {
        static bool IsLayout(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.WhitespaceTrivia);

        bool plain = moved.GetLeadingTrivia().All(IsLayout) && slot.GetLeadingTrivia().All(IsLayout);
        bool sameEnd = moved.GetTrailingTrivia().All(IsLayout) && slot.GetTrailingTrivia().All(IsLayout);
        moved = plain ? moved.WithLeadingTrivia(slot.GetLeadingTrivia()) : moved;
        return sameEnd ? moved.WithTrailingTrivia(slot.GetTrailingTrivia()) : moved;
    }

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field when !IsStatic(field) => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        PropertyDeclarationSyntax property when !IsStatic(property) && property.ExpressionBody is null => [property.Identifier.ValueText],
        _ => [],
    };

    private static IEnumerable<ExpressionSyntax> InitializersOf(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Initializer?.Value).OfType<ExpressionSyntax>(),
        PropertyDeclarationSyntax { Initializer.Value: { } value } => [value],
        _ => [],
    };

    private static bool IsStatic(MemberDeclarationSyntax member)
        => member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword);
}
