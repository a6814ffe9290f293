namespace VmSplice.TestChild;

/// <summary>The smallest record: one byte.</summary>
internal struct Mark : ISpliceable<Mark>, ITestRecord<Mark>
{
    internal byte Value;

    public static RecordLayout Layout { get; } = new("VmSplice.TestChild.Mark", 1, 0x6D61_726B, new RecordField("Value", "byte", 0, 1));

    public static bool NeedsValidation => false;

    public static int IndexOfInvalidField(ref readonly Mark record) => -1;

    public static Mark At(long index) => new() { Value = (byte)(index % 251) };

    public readonly bool IsAt(long index) => Value == (byte)(index % 251);
}
