using System.Globalization;
using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>Which numbers are values of an enum.</summary>
internal static class EnumValues
{
    /// <returns>The check, or <see langword="null"/> where every number is a value.</returns>
    public static ValueCheck? CheckOf(INamedTypeSymbol type, ValueShape underlying)
    {
        decimal[] values = [.. type.GetMembers().OfType<IFieldSymbol>()
            .Where(member => member.HasConstantValue)
            .Select(member => Convert.ToDecimal(member.ConstantValue, CultureInfo.InvariantCulture))
            .Distinct()
            .OrderBy(value => value)];
        if (values.Length == 0)
        {
            // An enum without members is a number with a name: a strongly typed identifier.
            return null;
        }

        return type.GetAttributes().Any(attribute => attribute.Is("System.FlagsAttribute"))
            ? CheckOfFlags(values, underlying)
            : CheckOfNumbers(values, underlying);
    }

    private static ValueCheck? CheckOfFlags(decimal[] values, ValueShape underlying)
    {
        ulong all = ulong.MaxValue >> (64 - (underlying.Size * 8));
        ulong defined = values.Aggregate(0UL, (bits, value) => bits | (value < 0 ? unchecked((ulong)(long)value) : (ulong)value));
        ulong invalid = all & ~defined;
        string primitive = underlying.Size switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };
        return invalid == 0 ? null : new ValueCheck(primitive, default, invalid);
    }

    private static ValueCheck? CheckOfNumbers(decimal[] values, ValueShape underlying)
    {
        var ranges = new List<ValueRange>();
        foreach (decimal value in values)
        {
            if (ranges.Count > 0 && ranges[ranges.Count - 1].High + 1 == value)
            {
                ranges[ranges.Count - 1] = ranges[ranges.Count - 1] with { High = value };
            }
            else
            {
                ranges.Add(new ValueRange(value, value));
            }
        }

        bool all = ranges.Count == 1 && ranges[0] == Integers.RangeOf(underlying.BuiltInType);
        return all ? null : new ValueCheck(underlying.BuiltInType, new(ranges), 0);
    }
}
