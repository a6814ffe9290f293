namespace VmSplice.CodeFixes.Contracts;

/// <summary>Types of which some bit patterns are no values, as numbers.</summary>
internal static class AnyPatterns
{
    public static Conversion DateTime { get; } = new("long", "{0}.FromBinary({1})", "{0}.ToBinary()");

    public static Conversion DateTimeOffset { get; } = new("long", "new {0}({1}, default)", "{0}.UtcTicks");

    public static Conversion DateOnly { get; } = new("int", "{0}.FromDayNumber({1})", "{0}.DayNumber");

    public static Conversion TimeOnly { get; } = new("long", "new {0}({1})", "{0}.Ticks");

    public static Conversion Rune { get; } = new("int", "new {0}({1})", "{0}.Value");
}
