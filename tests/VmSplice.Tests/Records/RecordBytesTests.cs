namespace VmSplice.Tests.Records;

/// <summary>Generated code reads fields by offset; nothing outside of the record may be read, whoever calls.</summary>
public class RecordBytesTests
{
    [Fact]
    public void FieldWithinTheRecord_IsRead()
    {
        Order order = Order.At(7);
        Assert.Equal(7, RecordBytes.Read<Order, int>(in order, 0));
        Assert.Equal((ushort)77, RecordBytes.Read<Order, ushort>(in order, 6));
        Assert.Equal((byte)Side.Sell, RecordBytes.Read<Order, byte>(in order, Order.SideOffset));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void FieldBeyondTheRecord_Throws(int offset)
    {
        Order order = Order.At(7);
        Assert.Throws<ArgumentOutOfRangeException>(() => RecordBytes.Read<Order, int>(in order, offset));
    }

    [Fact]
    public void FieldLargerThanTheRecord_Throws()
    {
        Mark mark = Mark.At(7);
        Assert.Throws<ArgumentOutOfRangeException>(() => RecordBytes.Read<Mark, long>(in mark, 0));
    }
}
