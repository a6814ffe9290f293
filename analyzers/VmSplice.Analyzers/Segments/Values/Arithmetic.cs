using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Operators on values.</summary>
internal static class Arithmetic
{
    public static Value? Binary(BinaryOperatorKind kind, Value? left, Value? right, ITypeSymbol? leftType, ITypeSymbol? rightType)
    {
        if (left is SegmentWindow window && right is Scalar steps && kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract)
        {
            return new SegmentWindow(window.Cell, window.Start + (kind == BinaryOperatorKind.Add ? steps.Number : -steps.Number), Number.Unknown);
        }

        if (left is not Scalar first || right is not Scalar second)
        {
            return null;
        }

        (Number a, Number b) = (first.Number, second.Number);
        // Pointers move by elements.
        if (leftType is IPointerTypeSymbol pointer && rightType is not IPointerTypeSymbol)
        {
            b *= TypeValues.Size(pointer.PointedAtType);
        }
        else if (rightType is IPointerTypeSymbol other && leftType is not IPointerTypeSymbol)
        {
            a *= TypeValues.Size(other.PointedAtType);
        }

        switch (kind)
        {
            case BinaryOperatorKind.Add:
                return new Scalar(
                    a + b,
                    first.Provenance.Site is not null ? first.Provenance.Move(b) : second.Provenance.Site is not null ? second.Provenance.Move(a) : default);
            case BinaryOperatorKind.Subtract:
                return first.Provenance.Site is not null && Equals(first.Provenance.Site, second.Provenance.Site)
                    ? new Scalar(first.Provenance.Offset - second.Provenance.Offset)
                    : new Scalar(a - b, second.Provenance.Site is null ? first.Provenance.Move(-b) : default);
            case BinaryOperatorKind.Multiply:
                return new Scalar(a * b);
            case BinaryOperatorKind.Divide:
                return new Scalar(a / b);
            case BinaryOperatorKind.Remainder:
                return new Scalar(a % b);
            case BinaryOperatorKind.And:
                return new Scalar(a & b);
            case BinaryOperatorKind.Or:
                return new Scalar(a | b);
            case BinaryOperatorKind.LeftShift when b.Exact is >= 0 and < 40 and var by:
                return new Scalar(a * Number.Constant(1L << (int)by));
            case BinaryOperatorKind.RightShift when b.Exact is >= 0 and < 40 and var by && a.Low >= 0:
                return new Scalar(a / Number.Constant(1L << (int)by));
            default:
                return null;
        }
    }

    public static Value? Unary(UnaryOperatorKind kind, Value? operand) => (kind, operand) switch
    {
        (UnaryOperatorKind.Minus, Scalar scalar) => new Scalar(-scalar.Number),
        (UnaryOperatorKind.BitwiseNegation, Scalar scalar) => new Scalar(~scalar.Number),
        (UnaryOperatorKind.Plus, _) => operand,
        _ => null,
    };
}
