using System.Runtime.InteropServices;

namespace VmSplice.TestChild;

/// <summary>A record of 8 bytes that not all bytes are: a bool and an enum are checked on arrival.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Order : ISpliceable<Order>, ITestRecord<Order>
{
    internal const int IsOpenOffset = 4;
    internal const int SideOffset = 5;

    internal int Number;
    internal bool IsOpen;
    internal Side Direction;
    internal ushort Quantity;

    public static RecordLayout Layout { get; } = new(
        "VmSplice.TestChild.Order",
        8,
        0x6F72_6465_7200,
        new RecordField("Number", "int", 0, 4),
        new RecordField("IsOpen", "bool", IsOpenOffset, 1),
        new RecordField("Direction", "Side", SideOffset, 1),
        new RecordField("Quantity", "ushort", 6, 2));

    public static bool NeedsValidation => true;

    public static int IndexOfInvalidField(ref readonly Order record)
        => RecordBytes.Read<Order, byte>(in record, IsOpenOffset) > 1 ? 1
            : RecordBytes.Read<Order, byte>(in record, SideOffset) is not (1 or 2) ? 2
            : -1;

    public static Order At(long index) => new()
    {
        Number = (int)index,
        IsOpen = index % 3 == 0,
        Direction = index % 2 == 0 ? Side.Buy : Side.Sell,
        Quantity = (ushort)(index * 11),
    };

    public readonly bool IsAt(long index)
        => Number == (int)index && IsOpen == (index % 3 == 0) && Direction == (index % 2 == 0 ? Side.Buy : Side.Sell) && Quantity == (ushort)(index * 11);
}
