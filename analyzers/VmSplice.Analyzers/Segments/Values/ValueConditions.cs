using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What a condition says of the values that it compares, where it holds and where it does not.</summary>
internal sealed class ValueConditions(Evaluator evaluator, NamedConditions names)
{
    private readonly ValueRefinement _refinement = new(evaluator);

    /// <summary>What holds after <c>ArgumentOutOfRangeException.ThrowIfGreaterThan(left, right)</c> and its like.</summary>
    public void AfterGuard(IOperation operation, ValueState state)
    {
        if (Guard(operation) is { } guard)
        {
            Compare(guard.Left, guard.Kind, guard.Right, state);
        }
    }

    /// <summary>False where the condition cannot be so: the branch is never taken.</summary>
    public bool Assume(IOperation condition, bool value, ValueState state)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return Assume(parenthesized.Operand, value, state);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Assume(not.Operand, !value, state);
            case ILocalReferenceOperation name when names.MeaningOf(name) is { } meaning:
                return Assume(meaning, value, state);
            case IIsPatternOperation match:
                return AssumePattern(match.Value, match.Pattern, value, state);
            case IBinaryOperation comparison:
                BinaryOperatorKind kind = value ? comparison.OperatorKind : Negated(comparison.OperatorKind);
                return Compare(comparison.LeftOperand, kind, comparison.RightOperand, state)
                    && Compare(comparison.RightOperand, Mirrored(kind), comparison.LeftOperand, state);
            default:
                return true;
        }
    }

    /// <summary><c>length is &lt;= 1024</c>, <c>parts is { Length: &lt;= 1024 }</c>.</summary>
    private bool AssumePattern(IOperation tested, IPatternOperation pattern, bool matches, ValueState state)
    {
        if (pattern is INegatedPatternOperation negated)
        {
            return AssumePattern(tested, negated.Pattern, !matches, state);
        }

        if (pattern is IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } recursive)
        {
            // Where one of several parts fails it is not known which.
            foreach (IPropertySubpatternOperation part in matches || recursive.PropertySubpatterns.Length == 1 ? recursive.PropertySubpatterns : [])
            {
                if (part.Member is IPropertyReferenceOperation { Property.Name: "Length" or "Count" }
                    && !Limit(tested, isCountOf: true, PatternRange.Of(part.Pattern, matches), state))
                {
                    return false;
                }
            }

            return true;
        }

        return Limit(tested, isCountOf: false, PatternRange.Of(pattern, matches), state);
    }

    private bool Limit(IOperation tested, bool isCountOf, PatternRange range, ValueState state)
    {
        if (isCountOf)
        {
            evaluator.Counts.Refine(tested, number => Within(number, range), state);
            return true;
        }

        IOperation unwrapped = Operand.Unwrap(tested);
        if (Quiet(unwrapped, state) is not Scalar known)
        {
            return true;
        }

        if (range.IsEmpty || Math.Max(range.Low, known.Number.Low) > Math.Min(range.High, known.Number.High))
        {
            return false;
        }

        _refinement.Refine(unwrapped, number => Within(number, range), state);
        return true;
    }

    private static Number Within(Number number, PatternRange range)
        => Math.Max(range.Low, number.Low) is var low && Math.Min(range.High, number.High) is var high && low <= high ? number.WithBounds(low, high) : number;

    private bool Compare(IOperation left, BinaryOperatorKind kind, IOperation right, ValueState state)
    {
        if (Quiet(right, state) is not Scalar bound)
        {
            return true;
        }

        IOperation unwrapped = Operand.Unwrap(left);
        // length % page == 0, (length & (page - 1)) == 0
        if (kind == BinaryOperatorKind.Equals && bound.Number.Exact == 0 && unwrapped is IBinaryOperation remainder)
        {
            bool isOfPage = Quiet(remainder.RightOperand, state) is Scalar { Number.Term: PageTerm.Size or PageTerm.SizeMinusOne };
            if (isOfPage && Quiet(remainder.LeftOperand, state) is Scalar { Number.IsNeverWholePages: true })
            {
                return false;
            }

            if (remainder.OperatorKind == BinaryOperatorKind.Remainder && Quiet(remainder.RightOperand, state) is Scalar divisor)
            {
                _refinement.Refine(remainder.LeftOperand, number => number.AsMultipleOf(divisor.Number), state);
            }
            else if (remainder.OperatorKind == BinaryOperatorKind.And && Quiet(remainder.RightOperand, state) is Scalar mask)
            {
                _refinement.Refine(remainder.LeftOperand, number => number.AsMultipleOf(MaskedBy(mask.Number)), state);
            }

            return true;
        }

        if (Quiet(unwrapped, state) is not Scalar known)
        {
            return true;
        }

        (long low, long high) = (known.Number.Low, known.Number.High);
        switch (kind)
        {
            case BinaryOperatorKind.LessThan:
                high = Math.Min(high, bound.Number.High == long.MaxValue ? long.MaxValue : bound.Number.High - 1);
                break;
            case BinaryOperatorKind.LessThanOrEqual:
                high = Math.Min(high, bound.Number.High);
                break;
            case BinaryOperatorKind.GreaterThan:
                low = Math.Max(low, bound.Number.Low == long.MinValue ? long.MinValue : bound.Number.Low + 1);
                break;
            case BinaryOperatorKind.GreaterThanOrEqual:
                low = Math.Max(low, bound.Number.Low);
                break;
            case BinaryOperatorKind.Equals:
                (low, high) = (Math.Max(low, bound.Number.Low), Math.Min(high, bound.Number.High));
                break;
            case BinaryOperatorKind.NotEquals when bound.Number.Exact is { } other:
                if (low == other)
                {
                    low++;
                }

                if (high == other)
                {
                    high--;
                }

                break;
            default:
                return true;
        }

        if (low > high)
        {
            return false;
        }

        _refinement.Refine(unwrapped, number => number.WithBounds(Math.Max(low, number.Low), Math.Min(high, number.High)), state);
        return true;
    }

    private static Number MaskedBy(Number mask)
        => mask.Term == PageTerm.SizeMinusOne ? Number.PageSize
        : mask.Exact is >= 0 and var bits && (bits & (bits + 1)) == 0 ? Number.Constant(bits + 1)
        : Number.Constant(1);

    // The condition was visited before: its effects are done, and its calls are not called again.
    private Value? Quiet(IOperation operation, ValueState state)
    {
        operation = Operand.Unwrap(operation);
        return IsQuiet(operation) ? evaluator.Eval(operation, state) : null;
    }

    private static bool IsQuiet(IOperation operation) => operation.ConstantValue.HasValue || operation switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or IFieldReferenceOperation
            or IInstanceReferenceOperation => true,
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => property.Instance is null || IsQuiet(property.Instance),
        IBinaryOperation binary => IsQuiet(binary.LeftOperand) && IsQuiet(binary.RightOperand),
        IUnaryOperation unary => IsQuiet(unary.Operand),
        IConversionOperation conversion => IsQuiet(conversion.Operand),
        IParenthesizedOperation parenthesized => IsQuiet(parenthesized.Operand),
        _ => false,
    };

    private static (IOperation Left, BinaryOperatorKind Kind, IOperation Right)? Guard(IOperation operation)
    {
        if (operation is not IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: var method } call }
            || method is not { IsStatic: true, ContainingType.Name: "ArgumentOutOfRangeException" }
            || call.Arguments.Length < 2)
        {
            return null;
        }

        BinaryOperatorKind kind = method.Name switch
        {
            "ThrowIfGreaterThan" => BinaryOperatorKind.LessThanOrEqual,
            "ThrowIfGreaterThanOrEqual" => BinaryOperatorKind.LessThan,
            "ThrowIfLessThan" => BinaryOperatorKind.GreaterThanOrEqual,
            "ThrowIfLessThanOrEqual" => BinaryOperatorKind.GreaterThan,
            "ThrowIfNotEqual" => BinaryOperatorKind.Equals,
            _ => BinaryOperatorKind.None,
        };
        return kind == BinaryOperatorKind.None ? null : (call.Arguments[0].Value, kind, call.Arguments[1].Value);
    }

    private static BinaryOperatorKind Negated(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.Equals => BinaryOperatorKind.NotEquals,
        BinaryOperatorKind.NotEquals => BinaryOperatorKind.Equals,
        _ => BinaryOperatorKind.None,
    };

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };
}
