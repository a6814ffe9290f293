using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What a type alone says of a value: what it may be, what a conversion makes of it, how large it is.</summary>
internal static class TypeValues
{
    /// <summary>What a value of the type is, of which nothing else is known. Provenance lets two addresses of one allocation be compared.</summary>
    public static Value? Of(ITypeSymbol? type, object? site, ValueState state)
    {
        if (site is SyntaxNode)
        {
            state.Renew(site);
        }

        switch (type)
        {
            case IPointerTypeSymbol when SegmentType.Of(type) is not null:
                return new SegmentWindow(null, Number.Unknown, Number.Unknown);
            case IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr }:
                return new Scalar(Number.Unknown, new Provenance(site, Number.Constant(0)));
            case INamedTypeSymbol { Name: "PageBuffer" or "FrozenPages", ContainingNamespace.Name: "VmSplice" } pages:
                return new Block(Number.PageAligned, new Provenance(site, Number.Constant(0)), Number.Unknown, pages.Name == "FrozenPages");
            case IArrayTypeSymbol or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1 } when SegmentType.Of(type) is not null:
                return new SegmentWindow(null, Number.Constant(0), site is IParameterSymbol ? Number.RunTimeCount : Number.Unknown);
            case { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64
                or SpecialType.System_UIntPtr }:
                // Nobody passes a negative count or length.
                return site is IParameterSymbol ? new Scalar(Number.RunTimeCount) : null;
            default:
                return null;
        }
    }

    public static Value? Convert(Value? value, ITypeSymbol? type) => (value, type) switch
    {
        (Block block, IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr }) =>
            new Scalar(block.Address, block.Provenance),
        (Scalar scalar, { SpecialType: SpecialType.System_Int32 }) => Narrow(scalar, int.MinValue, int.MaxValue),
        (Scalar scalar, { SpecialType: SpecialType.System_UInt32 }) => Narrow(scalar, 0, uint.MaxValue),
        (Scalar scalar, { SpecialType: SpecialType.System_Byte }) => Narrow(scalar, 0, byte.MaxValue),
        (Scalar scalar, { SpecialType: SpecialType.System_UInt16 or SpecialType.System_Char }) => Narrow(scalar, 0, ushort.MaxValue),
        (Scalar scalar, { SpecialType: SpecialType.System_Int16 or SpecialType.System_SByte }) =>
            scalar.Number.Low >= sbyte.MinValue && scalar.Number.High <= sbyte.MaxValue ? scalar : null,
        _ => value,
    };

    private static Scalar Narrow(Scalar scalar, long low, long high)
    {
        if (scalar.Number.Low >= low && scalar.Number.High <= high)
        {
            return scalar;
        }

        // A count that was too large for its type before is as large as the type now; a wrapped address or mask is not known.
        return scalar.Number.Low >= low && scalar.Number.Measured ? new Scalar(scalar.Number.WithBounds(scalar.Number.Low, high))
            : scalar.Number.Exact is { } exact && low == 0 ? new Scalar(Number.Constant(exact & high))
            : new Scalar(scalar.Number.WithBounds(low, high));
    }

    public static bool IsSegment(ITypeSymbol? type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Struct, Name: not ("Span" or "ReadOnlySpan") } && SegmentType.Of(type) is not null;

    public static Number Size(ITypeSymbol? type) => TypeSizes.Of(type) is { } size ? Number.Constant(size) : Number.Unknown;

    public static ITypeSymbol? ElementType(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } list => list.TypeArguments[0],
        _ => null,
    };
}
