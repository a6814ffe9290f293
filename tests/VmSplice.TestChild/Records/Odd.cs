using System.Runtime.InteropServices;

namespace VmSplice.TestChild;

/// <summary>A record of 7 bytes: no power of two divides it, so it straddles every page, block and read.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Odd : ISpliceable<Odd>, ITestRecord<Odd>
{
    internal byte Kind;
    internal int Number;
    internal ushort Check;

    public static RecordLayout Layout { get; } = new(
        "VmSplice.TestChild.Odd",
        7,
        0x6F64_6400,
        new RecordField("Kind", "byte", 0, 1),
        new RecordField("Number", "int", 1, 4),
        new RecordField("Check", "ushort", 5, 2));

    public static bool NeedsValidation => false;

    public static int IndexOfInvalidField(ref readonly Odd record) => -1;

    public static Odd At(long index) => new() { Kind = 0xA5, Number = (int)index, Check = (ushort)(index * 31) };

    public readonly bool IsAt(long index) => Kind == 0xA5 && Number == (int)index && Check == (ushort)(index * 31);
}
