using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Segments.Values;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// Follows pointers and views into parts of memory: <c>p + 4096</c>, <c>span[..n]</c>, <c>array[i]</c>. Where there is no raw call in sight nobody
/// asks for parts, and none are followed.
/// </summary>
internal sealed class Ranges(BodyEvaluation body)
{
    private const int MaxNames = 3;

    /// <summary>What lies further on by a number of elements; <paramref name="offset"/> null where it is not known.</summary>
    public PointsToSet From(PointsToSet memory, IOperation? offset, ITypeSymbol? element, IOperation at, bool isNegative = false)
    {
        if (!IsFollowed(memory))
        {
            return memory;
        }

        if (offset is not null && NumberOf(offset) is { } number && (number == 0 || TypeSizes.Of(element) is not null))
        {
            long bytes = number * (TypeSizes.Of(element) ?? 0);
            return memory.InRanges(range => range.From(isNegative ? -bytes : bytes));
        }

        object anchor = at.Syntax;
        body.State.ForgetAnchor(anchor);
        string? text = offset is null || isNegative ? null : TextOf(offset);
        long atLeast = offset is null || isNegative ? 0 : LeastOf(offset, MaxNames) * (TypeSizes.Of(element) ?? 0);
        return memory.InRanges(range => range.FromUnknown(anchor, text, atLeast));
    }

    /// <summary>What the size of a page, or a multiple of it by whatever name, is at least; 0 where that is not known.</summary>
    private long LeastOf(IOperation offset, int depth) => Operand.Unwrap(offset) switch
    {
        var number when NumberOf(number) is { } constant => constant is > 0 and < int.MaxValue ? constant : 0,
        IPropertyReferenceOperation { Property.Name: "SystemPageSize" or "PageSize" } => Segments.Values.Number.SmallestPage,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product =>
            Math.Min(int.MaxValue, LeastOf(product.LeftOperand, depth) * LeastOf(product.RightOperand, depth)),
        ILocalReferenceOperation { Local: { } local } when depth > 0 && body.Function.Names.OnlyValueOf(local) is { } value => LeastOf(value, depth - 1),
        _ => 0,
    };

    /// <summary>A number of elements from the start.</summary>
    public PointsToSet Take(PointsToSet memory, IOperation? length, ITypeSymbol? element)
    {
        if (!IsFollowed(memory))
        {
            return memory;
        }

        if (length is not null && NumberOf(length) is { } number && TypeSizes.Of(element) is { } size)
        {
            return memory.InRanges(range => range.Take(number * size));
        }

        bool isAll = length is not null && IsAll(length);
        string? text = length is null ? null : TextOf(length);
        return memory.InRanges(range => range.TakeUnknown(text, isAll));
    }

    /// <summary>One element.</summary>
    public PointsToSet Element(PointsToSet memory, IOperation? index, ITypeSymbol? element, IOperation at)
    {
        if (!IsFollowed(memory))
        {
            return memory;
        }

        PointsToSet start = index is null ? memory : From(memory, index, element, at);
        return TypeSizes.Of(element) is { } size
            ? start.InRanges(range => range.Take(size)) : start.InRanges(static range => range.TakeUnknown(null, isAll: false));
    }

    /// <summary>The address of an element: what is behind it is in reach again.</summary>
    public PointsToSet Unbounded(PointsToSet memory) => IsFollowed(memory) ? memory.InRanges(static range => range.TakeUnknown(null, isAll: true)) : memory;

    /// <summary>Where a callee gets a pointer: how far it goes is not known.</summary>
    public PointsToSet Passed(PointsToSet memory, IOperation argument)
        => argument.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } && IsFollowed(memory)
            ? memory.InRanges(static range => range.IsToTheEnd ? range.TakeUnknown(null, isAll: false) : range)
            : memory;

    /// <summary>A field of a structure in memory: the fixed buffers of one structure lie side by side.</summary>
    public PointsToSet Field(PointsToSet memory, IFieldSymbol field)
        => field.IsFixedSizeBuffer && IsFollowed(memory) ? memory.InRanges(range => range.FromUnknown(field, null)) : memory;

    /// <summary><c>span[a..b]</c>.</summary>
    public PointsToSet Slice(PointsToSet memory, IRangeOperation slice, ITypeSymbol? element, IOperation at)
    {
        if (!IsFollowed(memory))
        {
            return memory;
        }

        IOperation? left = slice.LeftOperand is { } from ? IndexIn(from) : null;
        PointsToSet start = slice.LeftOperand is null ? memory : From(memory, left, element, at);
        if (slice.RightOperand is not { } to)
        {
            return start;
        }

        return IndexIn(to) is { } right && NumberOf(right) is { } end && (slice.LeftOperand is null ? 0 : left is null ? null : NumberOf(left)) is { } begin
            && TypeSizes.Of(element) is { } size
            ? start.InRanges(range => range.Take((end - begin) * size))
            : slice.LeftOperand is null && IndexIn(to) is { } bound ? Take(start, bound, element)
            : start.InRanges(static range => range.TakeUnknown(null, isAll: false));
    }

    private bool IsFollowed(PointsToSet memory) => body.Shared.SeesRawCalls && !memory.References.IsEmpty;

    /// <summary>The number of an index that is counted from the front.</summary>
    private static IOperation? IndexIn(IOperation index)
        => Operand.Unwrap(index) is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } ? null : Operand.Unwrap(index);

    private static long? NumberOf(IOperation number) => Operand.Constant(number) ?? Operand.Constant(Operand.Unwrap(number));

    /// <summary>A length that is asked of what is given, so that nothing of it is left.</summary>
    private static bool IsAll(IOperation length) => Operand.Unwrap(length) switch
    {
        IPropertyReferenceOperation { Property.Name: "Length" or "Count" or "ByteLength" } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product =>
            (IsAll(product.LeftOperand) && NumberOf(product.RightOperand) is not null)
                || (IsAll(product.RightOperand) && NumberOf(product.LeftOperand) is not null),
        ISizeOfOperation => true,
        _ => false,
    };

    private static string? TextOf(IOperation number) => Operand.Unwrap(number).Syntax.ToString();
}
