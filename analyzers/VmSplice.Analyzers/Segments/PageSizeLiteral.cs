using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Segments.Values;

namespace VmSplice.Analyzers.Segments;

/// <summary>
/// VMS3005: 4096 (and 4095 in masks) where only the page size makes sense, in a body that gifts.
/// 65,536 is left alone: it is whole pages on every kernel.
/// </summary>
internal static class PageSizeLiteral
{
    private const long Size = 4096;

    /// <summary>The length of a gift.</summary>
    public static void InLength(SyntaxNode? length, Number? value, BodyReport report)
    {
        if (length is null || value is not { IsWholePages: false })
        {
            return;
        }

        foreach (SyntaxNode node in length.DescendantNodesAndSelf(node => node is not (InvocationExpressionSyntax or ArgumentListSyntax)))
        {
            if (node is ExpressionSyntax literal && IsSize(node) && node.Parent is not ArgumentSyntax { Parent.Parent: ElementAccessExpressionSyntax })
            {
                Report(RoundingAround(literal).FirstOrDefault() ?? literal, report);
            }
        }
    }

    /// <summary>Masks, remainders and alignments in a body that gifts.</summary>
    public static void InBody(SyntaxNode body, BodyReport report)
    {
        foreach (SyntaxNode node in body.DescendantNodes())
        {
            switch (node)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.ModuloExpression } remainder when IsSize(remainder.Right):
                    Report(remainder.Right, report);
                    break;
                case BinaryExpressionSyntax rounding when LiteralsOf(rounding).FirstOrDefault() is { } first:
                    Report(first, report);
                    break;
                case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments } call:
                    if (CalledName.Of(call) == "AlignedAlloc" && IsSize(arguments[1].Expression))
                    {
                        Report(arguments[1].Expression, report);
                    }
                    else if (CalledName.Of(call) == "aligned_alloc" && IsSize(arguments[0].Expression))
                    {
                        Report(arguments[0].Expression, report);
                    }

                    break;
            }
        }
    }

    /// <summary>Whether the node is the page size less one, which makes masks, not the page size itself.</summary>
    public static bool IsMask(SyntaxNode node) => node is LiteralExpressionSyntax literal && Value(literal) == Size - 1;

    /// <summary>The other numbers of the same rounding: one is reported, and all are mended.</summary>
    public static IEnumerable<ExpressionSyntax> Beside(ExpressionSyntax literal) => RoundingAround(literal).Where(one => one != literal);

    // The last in the text first: that is what makes it a rounding. Either may be mended already.
    private static List<ExpressionSyntax> LiteralsOf(BinaryExpressionSyntax rounding)
    {
        List<ExpressionSyntax> literals = [];
        switch (rounding)
        {
            // x / 4096 * 4096
            case { RawKind: (int)SyntaxKind.MultiplyExpression }
                when Bare(rounding.Left) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } quotient
                && (IsSize(rounding.Right) || IsAsked(rounding.Right)) && (IsSize(quotient.Right) || IsAsked(quotient.Right)):
                literals.AddRange(new[] { rounding.Right, quotient.Right }.Where(IsSize));
                AddRoundingUp(quotient.Left, literals);
                break;
            // x & ~4095
            case { RawKind: (int)SyntaxKind.BitwiseAndExpression }:
                ExpressionSyntax? mask = MaskLiteral(rounding.Right);
                if (mask is not null)
                {
                    literals.Add(mask);
                }

                if (mask is not null || IsAsked(rounding.Right))
                {
                    AddRoundingUp(rounding.Left, literals);
                }

                break;
        }

        return literals;
    }

    private static List<ExpressionSyntax> RoundingAround(ExpressionSyntax literal)
    {
        for (SyntaxNode? around = literal.Parent; around is ExpressionSyntax; around = around.Parent)
        {
            if (around is BinaryExpressionSyntax binary && LiteralsOf(binary) is var literals && literals.Contains(literal))
            {
                return literals;
            }
        }

        return [];
    }

    // x + 4095, before it is masked or divided.
    private static void AddRoundingUp(ExpressionSyntax expression, List<ExpressionSyntax> literals)
    {
        if (Bare(expression) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && IsMask(sum.Right))
        {
            literals.Add(sum.Right);
        }
    }

    // Made of the page size that the system gives.
    private static bool IsAsked(SyntaxNode expression)
        => expression.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: "SystemPageSize" });

    // & 4095, & ~4095, & ~(nuint)4095, & -4096
    private static ExpressionSyntax? MaskLiteral(ExpressionSyntax mask) => Bare(mask) switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseNotExpression } not => MaskLiteral(not.Operand),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => IsSize(minus.Operand) ? minus.Operand : null,
        CastExpressionSyntax cast => MaskLiteral(cast.Expression),
        LiteralExpressionSyntax literal when IsMask(literal) => literal,
        // ~(PageSize - 1)
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference
            when IsSize(difference.Left) && difference.Right is LiteralExpressionSyntax { Token.Value: 1 } => difference.Left,
        _ => null,
    };

    private static bool IsSize(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal => Value(literal) == Size,
        // A constant that is named after the page.
        IdentifierNameSyntax name => name.Identifier.ValueText.IndexOf("page", StringComparison.OrdinalIgnoreCase) >= 0 && ConstantOf(name) == Size,
        _ => false,
    };

    private static long? ConstantOf(IdentifierNameSyntax name)
    {
        // Declared beside: in the same type or method, as such constants are.
        SyntaxNode scope = (SyntaxNode?)name.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? name.SyntaxTree.GetRoot();
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal, Parent: VariableDeclarationSyntax declaration } variable
                && variable.Identifier.ValueText == name.Identifier.ValueText
                && (declaration.Parent is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword)
                    || declaration.Parent is LocalDeclarationStatementSyntax local && local.Modifiers.Any(SyntaxKind.ConstKeyword)))
            {
                return Value(literal);
            }
        }

        return null;
    }

    private static long? Value(LiteralExpressionSyntax literal)
        => literal.Token.Value is { } value ? Operand.Integer(value) : null;

    private static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        return expression;
    }

    private static void Report(SyntaxNode node, BodyReport report)
        => report.Add(
            SegmentRules.PageSizeLiteral, node, null, node.ToString(), IsMask(node) ? "Environment.SystemPageSize - 1" : "Environment.SystemPageSize");
}
