using System.Runtime.InteropServices;

namespace VmSplice.TestChild;

/// <summary>An ordinary record of 24 bytes, any bytes valid.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Tick : ISpliceable<Tick>, ITestRecord<Tick>
{
    internal long Time;
    internal double Price;
    internal int Size;
    internal int Venue;

    public static RecordLayout Layout { get; } = new(
        "VmSplice.TestChild.Tick",
        24,
        0x7469_636B_0000_0001,
        new RecordField("Time", "long", 0, 8),
        new RecordField("Price", "double", 8, 8),
        new RecordField("Size", "int", 16, 4),
        new RecordField("Venue", "int", 20, 4));

    public static bool NeedsValidation => false;

    public static int IndexOfInvalidField(ref readonly Tick record) => -1;

    public static Tick At(long index) => new() { Time = index, Price = index * 0.25, Size = (int)(index * 7), Venue = (int)~index };

    public readonly bool IsAt(long index)
        => Time == index && Price == index * 0.25 && Size == (int)(index * 7) && Venue == (int)~index;
}
