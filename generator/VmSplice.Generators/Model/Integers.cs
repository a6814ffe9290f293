namespace VmSplice.Generators.Model;

/// <summary>The numbers that C#'s integer types hold.</summary>
internal static class Integers
{
    public static ValueRange RangeOf(string type) => type switch
    {
        "sbyte" => new(sbyte.MinValue, sbyte.MaxValue),
        "byte" => new(byte.MinValue, byte.MaxValue),
        "short" => new(short.MinValue, short.MaxValue),
        "ushort" => new(ushort.MinValue, ushort.MaxValue),
        "int" => new(int.MinValue, int.MaxValue),
        "uint" => new(uint.MinValue, uint.MaxValue),
        "long" => new(long.MinValue, long.MaxValue),
        "ulong" => new(ulong.MinValue, ulong.MaxValue),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an integer type of C#."),
    };
}
