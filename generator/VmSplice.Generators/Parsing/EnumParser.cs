using System.Globalization;
using Microsoft.CodeAnalysis;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>Turns an enum into a value: which numbers it has, and what both processes must agree on.</summary>
internal static class EnumParser
{
    /// <param name="isOpen">Whether the field that holds it is marked <c>[OpenEnum]</c>; the enum may be as well.</param>
    public static ValueShape? Parse(INamedTypeSymbol type, bool isOpen)
    {
        if (type.EnumUnderlyingType is not { } number || BuiltInTypes.ValueOf(number) is not { } underlying)
        {
            return null;
        }

        ValueShape value = underlying with { Type = type.ShortName() };
        if (isOpen || IsOpen(type))
        {
            return value with { ValueSet = " open" };
        }

        (string Name, decimal Value)[] members = [.. type.GetMembers().OfType<IFieldSymbol>()
            .Where(member => member.HasConstantValue)
            .Select(member => (member.Name, Value: Convert.ToDecimal(member.ConstantValue, CultureInfo.InvariantCulture)))
            .OrderBy(member => member.Value).ThenBy(member => member.Name, StringComparer.Ordinal)];

        // An enum without members is a number with a name: a strongly typed identifier.
        if (members.Length == 0)
        {
            return value;
        }

        bool isFlags = type.GetAttributes().Any(attribute => attribute.Is("System.FlagsAttribute"));
        decimal[] numbers = [.. members.Select(member => member.Value).Distinct()];
        return value with
        {
            Check = isFlags ? CheckOfFlags(numbers, underlying) : CheckOfNumbers(numbers, underlying),
            ValueSet = Fingerprint.OfValues(isFlags, members),
        };
    }

    public static bool IsOpen(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.Is(KnownNames.OpenEnumAttribute));

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
