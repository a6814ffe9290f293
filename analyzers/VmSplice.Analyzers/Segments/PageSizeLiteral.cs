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
            if (IsSize(node) && node.Parent is not ArgumentSyntax { Parent.Parent: ElementAccessExpressionSyntax })
            {
                Report(node, report);
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
                // x / 4096 * 4096; either may be mended already.
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } product
                    when Bare(product.Left) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } quotient
                    && (IsSize(product.Right) || IsAsked(product.Right)) && (IsSize(quotient.Right) || IsAsked(quotient.Right)):
                    if (IsSize(quotient.Right))
                    {
                        Report(quotient.Right, report);
                    }

                    if (IsSize(product.Right))
                    {
                        Report(product.Right, report);
                    }

                    RoundingUp(quotient.Left, report);
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseAndExpression } masked:
                    SyntaxNode? mask = MaskLiteral(masked.Right);
                    if (mask is not null)
                    {
                        Report(mask, report);
                    }

                    if (mask is not null || IsAsked(masked.Right))
                    {
                        RoundingUp(masked.Left, report);
                    }

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

    // x + 4095, before it is masked or divided.
    private static void RoundingUp(ExpressionSyntax expression, BodyReport report)
    {
        if (Bare(expression) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && IsMask(sum.Right))
        {
            Report(sum.Right, report);
        }
    }

    // Made of the page size that the system gives.
    private static bool IsAsked(SyntaxNode expression)
        => expression.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: "SystemPageSize" });

    // & 4095, & ~4095, & ~(nuint)4095, & -4096
    private static SyntaxNode? MaskLiteral(ExpressionSyntax mask) => Bare(mask) switch
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
