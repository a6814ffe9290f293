using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Raw;

/// <summary>What can be read of a flags operand without following variables: the bits that it surely has, and those that it may have.</summary>
internal readonly struct SpliceFlagBits
{
    public const uint Move = 1;
    public const uint NonBlocking = 2;
    public const uint More = 4;
    public const uint Gift = 8;

    private SpliceFlagBits(uint sure, uint possible)
    {
        Sure = sure;
        Possible = possible;
    }

    public uint Sure { get; }

    public uint Possible { get; }

    public bool SurelyGift => (Sure & Gift) != 0;

    public static SpliceFlagBits Of(IOperation? flags)
    {
        if (flags is null)
        {
            return default;
        }

        if (Operand.Constant(flags) is { } value)
        {
            return new((uint)value, (uint)value);
        }

        switch (flags)
        {
            case IConversionOperation conversion:
                return Of(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Or } either:
                (SpliceFlagBits left, SpliceFlagBits right) = (Of(either.LeftOperand), Of(either.RightOperand));
                return new(left.Sure | right.Sure, left.Possible | right.Possible);
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                (SpliceFlagBits first, SpliceFlagBits second) = (Of(choice.WhenTrue), Of(whenFalse));
                return new(first.Sure & second.Sure, first.Possible | second.Possible);
            case IMemberReferenceOperation member when Named(member.Member.Name) is { } bit:
                return new(bit, bit);
            default:
                return new(0, uint.MaxValue);
        }
    }

    /// <summary>The flag's bit by the name that C gives it; bindings declare these as properties, which have no constant value.</summary>
    public static uint? Named(string name) => name switch
    {
        "SPLICE_F_MOVE" => Move,
        "SPLICE_F_NONBLOCK" => NonBlocking,
        "SPLICE_F_MORE" => More,
        "SPLICE_F_GIFT" => Gift,
        _ => null,
    };
}
