using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using VmSplice.Analyzers.Raw;

namespace VmSplice.CodeFixes.Raw;

/// <summary>Terms of <c>A | B | C</c>.</summary>
internal static class FlagTerms
{
    /// <summary>The bits of one term; null where they are not constant.</summary>
    public static long? Bits(ExpressionSyntax term, FixSite site)
    {
        if (site.Model.GetConstantValue(term, site.Cancellation) is { HasValue: true, Value: { } value })
        {
            return Operand.Integer(value) ?? (value is Enum ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null);
        }

        string name = term switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            _ => "",
        };
        return SpliceFlagBits.Named(name);
    }

    /// <summary>
    /// Replaces a term of a sum, or takes it out where <paramref name="replacement"/> is null. All the terms of one sum go in one edit;
    /// none where a comment stands among them, of which nobody knows what it is about.
    /// </summary>
    public static Action<SyntaxEditor>? Replace(ExpressionSyntax term, ExpressionSyntax? replacement, FixSite site)
    {
        ExpressionSyntax sum = term;
        while (sum.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression })
        {
            sum = (ExpressionSyntax)sum.Parent;
        }

        IEnumerable<SyntaxTrivia> inside = sum.DescendantTrivia().Except(sum.GetLeadingTrivia()).Except(sum.GetTrailingTrivia());
        if (inside.Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
        {
            return null;
        }

        (Dictionary<ExpressionSyntax, ExpressionSyntax?>? terms, bool first) = site.Scope.TermsOf(sum);
        terms[term] = replacement;
        return first
            ? editor => editor.ReplaceNode(sum, (Rebuilt(sum, terms) ?? Nothing(term, site)).WithTriviaFrom(sum))
            : FixSite.AlreadyDone;
    }

    private static ExpressionSyntax? Rebuilt(ExpressionSyntax node, Dictionary<ExpressionSyntax, ExpressionSyntax?> terms)
    {
        if (terms.TryGetValue(node, out ExpressionSyntax? replacement))
        {
            return replacement?.WithTriviaFrom(node);
        }

        switch (node)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                ExpressionSyntax? inner = Rebuilt(parenthesized.Expression, terms);
                return inner is null ? null : inner is BinaryExpressionSyntax ? parenthesized.WithExpression(inner) : inner;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } sum:
                (ExpressionSyntax? left, ExpressionSyntax? right) = (Rebuilt(sum.Left, terms), Rebuilt(sum.Right, terms));
                return left is null ? right : right is null ? left.WithoutTrailingTrivia() : sum.WithLeft(left).WithRight(right);
            default:
                return node;
        }
    }

    public static ExpressionSyntax Number(long bits)
        => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal((int)bits));

    private static ExpressionSyntax Nothing(ExpressionSyntax term, FixSite site)
        => term is MemberAccessExpressionSyntax access && site.Model.GetTypeInfo(term, site.Cancellation).Type is { TypeKind: TypeKind.Enum } type
            && !type.GetMembers("None").IsEmpty
            ? access.WithName(SyntaxFactory.IdentifierName("None")).WithoutTrivia()
            : Number(0);
}
