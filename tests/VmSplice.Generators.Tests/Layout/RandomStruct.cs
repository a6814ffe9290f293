using System.Globalization;
using System.Text;
using CsCheck;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>A struct with arbitrary fields, packing, size and kind of layout: most are wrong, some are right.</summary>
internal sealed record RandomStruct(int Kind, int Pack, int ExtraSize, RandomField[] Fields)
{
    /// <summary>Declarations that the fields use, each of them right in itself.</summary>
    public const string Prelude = """
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using VmSplice;

        public enum E1 : byte { A, B } public enum E2 : short { A = -3, B = 4 } public enum E4 : uint { A, B } public enum E8 : long { }
        [Flags] public enum F2 : ushort { A = 1, B = 2 }

        [Spliceable] public partial struct Small { public byte Value; }
        [Spliceable] public partial struct Even { public int Low; public E4 High { get; set; } }
        [Spliceable, StructLayout(LayoutKind.Sequential, Pack = 1)] public partial record struct Tight(byte Head, long Tail);
        [Spliceable, StructLayout(LayoutKind.Sequential, Pack = 2)] public partial record struct Loose(short Head, Int128 Tail);
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Swapped
        {
            [FieldOffset(4)] public int Second;
            [FieldOffset(0)] public float First;
        }

        [InlineArray(3)] public struct Bytes3 { private byte _first; }
        [InlineArray(5)] public struct Shorts5 { private short _first; }
        [InlineArray(2)] public struct Wide2 { private Int128 _first; }
        [InlineArray(7)] public struct Bools7 { private bool _first; }
        [InlineArray(4)] public struct Enums4 { private E2 _first; }
        [InlineArray(2)] public struct Tights2 { private Tight _first; }
        [InlineArray(3)] public struct Rows3 { private Shorts5 _first; }
        [InlineArray(2)] public struct Of2<T> { private T _first; }

        """;

    private static readonly string[] s_types =
    [
        "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "Half", "Int128", "UInt128",
        "char", "bool", "Guid", "TimeSpan", "E1", "E2", "E4", "E8", "F2", "Small", "Even", "Tight", "Loose", "Swapped",
        "Bytes3", "Shorts5", "Wide2", "Bools7", "Enums4", "Tights2", "Rows3", "Of2<int>", "Of2<Guid>", "Of2<Of2<E1>>",
        "fixed byte", "fixed short", "fixed double", "fixed bool", "fixed char", "S", "S",
    ];

    private static readonly Gen<RandomField> s_field =
        Gen.Select(Gen.Int[0, s_types.Length - 1], Gen.Int[1, 9], Gen.Frequency((9, Gen.Const(0)), (1, Gen.Int[-2, 3])), Gen.Int[0, 1000], Gen.Bool)
            .Select((type, count, slip, other, property) => new RandomField(s_types[type], count, slip, other, property));

    /// <summary>Kind 0 to 5 is sequential, 6 and 7 explicit; packing 1 is common, because it leaves no padding.</summary>
    public static Gen<RandomStruct> Any { get; } = Gen.Select(
        Gen.Int[0, 7],
        Gen.Frequency((3, Gen.Const(0)), (3, Gen.Const(1)), (2, Gen.OneOf(Gen.Const(2), Gen.Const(4), Gen.Const(8), Gen.Const(16), Gen.Const(32)))),
        Gen.Frequency((8, Gen.Const(0)), (2, Gen.Int[1, 200])),
        s_field.Array[1, 6])
        .Select((kind, pack, size, fields) => new RandomStruct(kind, pack, size, fields));

    public bool IsExplicit => Kind >= 6;

    public override string ToString() => Declare(9999, _ => 8);

    /// <summary>The declaration of the struct called <c>S{index}</c>; it may hold those declared before it.</summary>
    /// <param name="sizeOf">The sizes of the types, to place explicit fields one after another or nearly so.</param>
    public string Declare(int index, Func<string, int> sizeOf)
    {
        var text = new StringBuilder("[Spliceable");
        if (IsExplicit || Pack != 0 || ExtraSize != 0)
        {
            text.Append(
                CultureInfo.InvariantCulture, $", StructLayout(LayoutKind.{(IsExplicit ? "Explicit" : "Sequential")}, Pack = {Pack}, Size = {ExtraSize})");
        }

        text.Append(CultureInfo.InvariantCulture, $"] public unsafe partial struct S{index}\n{{\n");
        int offset = 0;
        for (int i = 0; i < Fields.Length; i++)
        {
            RandomField field = Fields[i];
            string type = field.TypeIn(index);
            offset = Math.Max(0, offset + field.Slip);
            string place = IsExplicit ? string.Create(CultureInfo.InvariantCulture, $"[field: FieldOffset({offset})] ") : "";
            text.Append("    ").Append(place);
            if (field.IsBuffer)
            {
                text.Append(CultureInfo.InvariantCulture, $"public {type} F{i}[{field.Count}];\n");
                offset += field.Count * sizeOf(type["fixed ".Length..]);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"public {type} F{i}{(field.Property ? " { get; set; }" : ";")}\n");
                offset += IsExplicit ? sizeOf(type) : 0;
            }
        }

        return text.Append("}\n").ToString();
    }
}
