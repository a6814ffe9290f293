using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Raw;

/// <summary>Operands without the wrapping that changes how they are written, not what they are.</summary>
internal static class Operand
{
    /// <summary>Below conversions and parentheses.</summary>
    [MethodImpl(Hot.Path)]
    public static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    continue;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    continue;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The value of a constant expression of an integer, enum or character type; null for any other.</summary>
    public static long? Constant(IOperation operation)
        => operation.ConstantValue is { HasValue: true, Value: { } value } ? Integer(value) : null;

    public static long? Integer(object value) => value switch
    {
        int number => number,
        uint number => number,
        long number => number,
        ulong number => unchecked((long)number),
        short number => number,
        ushort number => number,
        byte number => number,
        sbyte number => number,
        char number => number,
        _ => null,
    };
}
