using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VmSplice.Tests.ForeignReaders;

/// <summary>A record with a field of each type that has no text: what the page's table of types says of each.</summary>
[Spliceable]
internal partial struct Everything
{
#pragma warning disable CS0649 // Filled as bytes.
    public Int128 Large;
    public UInt128 Huge;
    public long Long;
    public ulong ULong;
    public double Double;
    public TimeSpan Span;
    public Guid Id;
    public int Int;
    public uint UInt;
    public float Float;
    public Grade Grade;
    public short Short;
    public ushort UShort;
    public Half Half;
    public char Char;
    public sbyte SByte;
    public byte Byte;
    public bool Bool;
    public Colors Colors;
    [OpenEnum]
    public Side AnySide;
    public Key Key;
    public Shorts Shorts;
    public Point Point;
    public Points Points;
    public Rows Rows;
    public long Last;
#pragma warning restore CS0649

    /// <summary>The same on the command line of a foreign reader.</summary>
    internal static string[] Arguments { get; } = Fields(
        "Large:i128", "Huge:u128", "Long:i64", "ULong:u64", "Double:f64", "Span:timespan", "Id:guid", "Int:i32", "UInt:u32", "Float:f32",
        "Grade:enum(i32,Worst=-3,Bad=2,AlsoBad=2,Good=70000)", "Short:i16", "UShort:u16", "Half:f16", "Char:char", "SByte:i8", "Byte:u8", "Bool:bool",
        "Colors:flags(u8,Red=1,Blue=4)", "AnySide:open(u8)", "Key:enum(u8)", "Shorts:i16[3]",
        "Point:{X:f32,On:bool[4]}", "Points:{X:f32,On:bool[4]}[2]", "Rows:i16[2][3]", "Last:i64");

    /// <summary>One whose values follow from its place in the stream, each valid.</summary>
    internal static Everything At(int index)
    {
        Everything one = default;
        new Random(index).NextBytes(MemoryMarshal.AsBytes(new Span<Everything>(ref one)));
        one.Double = index / 8.0;
        one.Float = -index / 4f;
        one.Half = (Half)(index / 2f);
        one.Grade = (index % 3) switch { 0 => Grade.Worst, 1 => Grade.Bad, _ => Grade.Good };
        one.Bool = index % 2 == 0;
        one.Colors = (Colors)((index & 1) | ((index & 2) << 1));
        one.Point = Point.At(index);
        one.Points[0] = Point.At(index + 1);
        one.Points[1] = Point.At(index + 2);
        return one;
    }

    /// <summary>The row that a foreign reader prints of it.</summary>
    internal readonly string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"{Large}\t{Huge}\t{Long}\t{ULong}\t{Double}\t{Span.Ticks}\t{Id}\t{Int}\t{UInt}\t{Float}\t{Grade}\t"
            + $"{Short}\t{UShort}\t{Half}\tU+{(int)Char:X4}\t{SByte}\t{Byte}\t"
            + $"{(Bool ? "true" : "false")}\t{ShownColors}\t{(byte)AnySide}\t{(byte)Key}\t[{Shorts[0]},{Shorts[1]},{Shorts[2]}]\t{Point.X}\t{Point.ShownOn}\t"
            + $"[{Points[0]},{Points[1]}]\t[{Rows[0]},{Rows[1]}]\t{Last}");

    // Of several bits the number.
    private readonly string ShownColors
        => Colors is Colors.Red or Colors.Blue ? Colors.ToString() : ((byte)Colors).ToString(CultureInfo.InvariantCulture);

    internal static string[] Fields(params string[] fields) => [.. fields.SelectMany(field => (string[])["--field", field])];
}

internal enum Grade
{
    Worst = -3,
    Bad = 2,
#pragma warning disable CA1069 // Two members of one value have an order of their own in the fingerprint.
    AlsoBad = 2,
#pragma warning restore CA1069
    Good = 70_000,
}

[Flags]
internal enum Colors : byte
{
    Red = 1,
    Blue = 4,
}

internal enum Key : byte;

[InlineArray(3)]
internal struct Shorts
{
    private short _first;

    public override readonly string ToString() => $"[{this[0]},{this[1]},{this[2]}]";
}

[InlineArray(2)]
internal struct Rows
{
    private Shorts _first;
}

[InlineArray(4)]
internal struct Bools
{
    private bool _first;
}

[Spliceable]
internal partial struct Point
{
    public float X;
    public Bools On;

    internal readonly string ShownOn => $"[{Shown(0)},{Shown(1)},{Shown(2)},{Shown(3)}]";

    internal static Point At(int index)
    {
        Point one = new() { X = index / 4f };
        for (int i = 0; i < 4; i++)
        {
            one.On[i] = (index >> i) % 2 == 1;
        }

        return one;
    }

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"{{{X},{ShownOn}}}");

    private readonly string Shown(int i) => On[i] ? "true" : "false";
}

[InlineArray(2)]
internal struct Points
{
    private Point _first;
}
