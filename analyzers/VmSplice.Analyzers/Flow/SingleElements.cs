using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Flow;

/// <summary>Collections that have one element by their text: <c>new[] { writer }</c>, <c>[writer]</c>, a variable that is nothing else.</summary>
internal static class SingleElements
{
    public static bool Are(ExpressionSyntax collection) => collection switch
    {
        ParenthesizedExpressionSyntax parenthesized => Are(parenthesized.Expression),
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Count == 1,
        ArrayCreationExpressionSyntax { Type.RankSpecifiers: { Count: 1 } ranks } => ranks[0].Sizes.Count == 1 && IsOne(ranks[0].Sizes[0]),
        ImplicitArrayCreationExpressionSyntax implied => implied.Initializer.Expressions.Count == 1,
        CollectionExpressionSyntax list => list.Elements.Count == 1 && list.Elements[0] is ExpressionElementSyntax,
        CastExpressionSyntax cast => Are(cast.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Enumerable" },
            Name.Identifier.ValueText: "Range" or "Repeat" }, ArgumentList.Arguments: { Count: 2 } arguments }
            => IsOne(arguments[1].Expression),
        IdentifierNameSyntax variable => IsSingle(variable),
        _ => false,
    };

    private static bool IsOne(ExpressionSyntax number) => number is LiteralExpressionSyntax { Token.Value: 1 };

    /// <summary>An array that the variable is declared with, and that nothing replaces.</summary>
    private static bool IsSingle(IdentifierNameSyntax variable)
    {
        string name = variable.Identifier.ValueText;
        SyntaxNode? member = variable.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        VariableDeclaratorSyntax[] declared =
            [.. member?.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(one => one.Identifier.ValueText == name) ?? []];
        return declared.Length == 1 && declared[0] is { Initializer.Value: { } value, Parent: VariableDeclarationSyntax { Type: var type } }
            && (type is ArrayTypeSyntax || value is ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax)
            && Are(value) && !SingleRoundLoops.IsAssigned(member!, name);
    }
}
