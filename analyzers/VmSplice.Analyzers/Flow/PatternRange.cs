using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Flow;

/// <summary>The numbers that a pattern, or a comparison with a constant, leaves: the least and the greatest of them, both included.</summary>
internal readonly struct PatternRange(long low, long high)
{
    public static PatternRange All { get; } = new(long.MinValue, long.MaxValue);

    public long Low => low;

    public long High => high;

    public bool IsEmpty => low > high;

    /// <summary>Whether of the numbers that a length can be only this one is left.</summary>
    public bool IsOnly(long number) => !IsEmpty && high == number && low <= number && (low == number || number == 0);

    /// <summary>What the value can be where it matches, or where it does not.</summary>
    public static PatternRange Of(IPatternOperation pattern, bool matches) => pattern switch
    {
        IConstantPatternOperation constant => Of(BinaryOperatorKind.Equals, Number(constant.Value), matches),
        IRelationalPatternOperation relation => Of(relation.OperatorKind, Number(relation.Value), matches),
        INegatedPatternOperation negated => Of(negated.Pattern, !matches),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both => matches
            ? Of(both.LeftPattern, true).And(Of(both.RightPattern, true))
            : Of(both.LeftPattern, false).Or(Of(both.RightPattern, false)),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => matches
            ? Of(either.LeftPattern, true).Or(Of(either.RightPattern, true))
            : Of(either.LeftPattern, false).And(Of(either.RightPattern, false)),
        IDeclarationPatternOperation { MatchesNull: true } or IDiscardPatternOperation => matches ? All : new(0, -1),
        _ => All,
    };

    /// <summary>The same of <c>value kind bound</c>.</summary>
    public static PatternRange Of(BinaryOperatorKind kind, long? bound, bool holds)
    {
        if (bound is not { } number)
        {
            return All;
        }

        long below = number == long.MinValue ? number : number - 1;
        long above = number == long.MaxValue ? number : number + 1;
        return (kind, holds) switch
        {
            (BinaryOperatorKind.Equals, true) or (BinaryOperatorKind.NotEquals, false) => new(number, number),
            (BinaryOperatorKind.LessThan, true) or (BinaryOperatorKind.GreaterThanOrEqual, false) => new(long.MinValue, below),
            (BinaryOperatorKind.LessThanOrEqual, true) or (BinaryOperatorKind.GreaterThan, false) => new(long.MinValue, number),
            (BinaryOperatorKind.GreaterThan, true) or (BinaryOperatorKind.LessThanOrEqual, false) => new(above, long.MaxValue),
            (BinaryOperatorKind.GreaterThanOrEqual, true) or (BinaryOperatorKind.LessThan, false) => new(number, long.MaxValue),
            _ => All,
        };
    }

    /// <summary>The comparison with its sides exchanged.</summary>
    public static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };

    private static long? Number(Microsoft.CodeAnalysis.IOperation value) => Operand.Constant(value) ?? Operand.Constant(Operand.Unwrap(value));

    private PatternRange And(PatternRange other) => new(Math.Max(low, other.Low), Math.Min(high, other.High));

    private PatternRange Or(PatternRange other) => IsEmpty ? other : other.IsEmpty ? this : new(Math.Min(low, other.Low), Math.Max(high, other.High));
}
