using System.Globalization;
using VmSplice.Generators.Model;

namespace VmSplice.Generators.Parsing;

/// <summary>The bytes that a field gets in a record of an older build.</summary>
internal static class DefaultBytes
{
    /// <summary>Turns what stands in the attribute into the bytes of the field.</summary>
    /// <param name="value">A constant; of an enum, the number.</param>
    /// <param name="shape">The field.</param>
    /// <returns><see langword="null"/> where it is no value of the field's type.</returns>
    public static byte[]? Of(object? value, Shape shape)
    {
        if (shape is not ValueShape field || value is null or string or Type or Array)
        {
            return null;
        }

        try
        {
            return IsAccepted(field.Check, value) ? BytesOf(value, field.BuiltInType) : null;
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    /// <summary>Whether zeros are a value of a field: not where it is an enum without a member of that number.</summary>
    public static bool MayBeZero(Shape shape) => LayoutFlattener.ChecksOf(shape).All(check => IsAccepted(check.Check, 0));

    private static bool IsAccepted(ValueCheck? check, object value)
    {
        if (check is null)
        {
            return true;
        }

        decimal number = value is bool is1 ? (is1 ? 1 : 0) : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        return check.InvalidBits != 0
            ? number >= 0 && ((ulong)number & check.InvalidBits) == 0
            : check.Ranges.Any(range => range.Low <= number && number <= range.High);
    }

    private static byte[]? BytesOf(object value, string type) => (type, value) switch
    {
        ("bool", bool is1) => [is1 ? (byte)1 : (byte)0],
        ("char", char character) => LittleEndian(character, sizeof(char)),
        (_, bool or char) => null,
        ("float", _) => BitConverter.GetBytes(Convert.ToSingle(value, CultureInfo.InvariantCulture)),
        ("double", _) => BitConverter.GetBytes(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        (_, float or double) => null,
        ("sbyte", _) => LittleEndian(unchecked((ulong)Convert.ToSByte(value, CultureInfo.InvariantCulture)), sizeof(sbyte)),
        ("byte", _) => LittleEndian(Convert.ToByte(value, CultureInfo.InvariantCulture), sizeof(byte)),
        ("short", _) => LittleEndian(unchecked((ulong)Convert.ToInt16(value, CultureInfo.InvariantCulture)), sizeof(short)),
        ("ushort", _) => LittleEndian(Convert.ToUInt16(value, CultureInfo.InvariantCulture), sizeof(ushort)),
        ("int", _) => LittleEndian(unchecked((ulong)Convert.ToInt32(value, CultureInfo.InvariantCulture)), sizeof(int)),
        ("uint", _) => LittleEndian(Convert.ToUInt32(value, CultureInfo.InvariantCulture), sizeof(uint)),
        ("long", _) => LittleEndian(unchecked((ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture)), sizeof(long)),
        ("ulong", _) => LittleEndian(Convert.ToUInt64(value, CultureInfo.InvariantCulture), sizeof(ulong)),
        _ => null,
    };

    // The order of a record's bytes, whatever machine compiles.
    private static byte[] LittleEndian(ulong value, int size)
        => [.. Enumerable.Range(0, size).Select(i => (byte)(value >> (8 * i)))];
}
