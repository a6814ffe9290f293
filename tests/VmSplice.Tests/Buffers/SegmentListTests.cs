namespace VmSplice.Tests.Buffers;

/// <summary>Lists of a buffer: items are added in place, and what is behind the last one never shows.</summary>
public sealed class SegmentListTests
{
    [Fact]
    public void Items_AreAddedReadAndCleared()
    {
        using Order order = Order.Allocate();
        ref OrderLine first = ref order.Lines.Add();
        first.Count = 3;
        order.Lines.Add(new OrderLine { Count = 4 });
        order.Lines.AddRange(order.Lines.Items);
        order.Lines.AddRange([]);
        Assert.Equal((4, false), (order.Lines.Count, order.Lines.IsEmpty));
        order.Lines[3].Count = 5;
        first.Price = 1.5;
        int counts = 0;
        foreach (ref OrderLine line in order.Lines)
        {
            counts = (counts * 10) + line.Count;
            line.IsUrgent = true;
        }

        Assert.Equal((3_435, 1.5), (counts, order.Lines[0].Price));
        Assert.All(order.Lines.Items.ToArray(), line => Assert.True(line.IsUrgent));
        Assert.Throws<IndexOutOfRangeException>(() => order.Lines[4].Count);

        order.Lines.Clear();
        Assert.Equal(default, order.Lines.Add());
        Assert.Equal(1, order.Lines.Count);
    }

    [Fact]
    public void FullList_IsRefusedByName()
    {
        using Order order = Order.Allocate();
        for (int i = 0; i < order.Marks.MaxLength; i++)
        {
            order.Marks.Add() = true;
        }

        const string Message = "VmSplice.Tests.Buffers.Order.Marks holds at most 10 items, has 10 already, and 1 item more does not fit. Send this buffer and "
            + "fill another one, or declare a larger MaxLength on both sides.";
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => order.Marks.Add()).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => order.Marks.Add(true)).Message);
        ArgumentException e = Assert.Throws<ArgumentException>(() => order.Marks.AddRange(true, false));
        Assert.Contains("and 2 items more do not fit", e.Message, StringComparison.Ordinal);
        Assert.Equal(10, order.Marks.Count);
    }

    /// <summary>Pages that had another owner: a slot is zeros, whatever was there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UsedPages_SlotsAreZeros(bool uninitialized)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceWriter writer = pipe.OpenWriter();
        for (int round = 0; round < 20; round++)
        {
            Order order = uninitialized ? Order.RentUninitialized(writer) : Order.Rent(writer);
            order.Number = round;
            for (int i = 0; i <= round; i++)
            {
                Assert.Equal(default, order.Lines.Add());
            }

            order.Lines.Clear();
            order.Lines.AddRange(new OrderLine { Count = 1 }, new OrderLine { Count = 2 });
            order.Customer.Set("Ann");
            order.Lines.Items.Fill(new OrderLine { Count = -1, Price = -1 });
            order.Dispose();
        }
    }

    [Fact]
    public void LengthSetBeyondWhatWasAdded_RestIsZeros()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        Order used = Order.Rent(writer);
        used.Lines.AddRange(new OrderLine[1_000].Select(_ => new OrderLine { Count = -1 }).ToArray());
        used.Dispose();
        using Order order = Order.Rent(writer);
        order.Lines.Add().Count = 1;
        order.Lines.Add().Count = 2;
        ((ISpliceableBuffer<Order>)order).Pages.SetLength(3, 1_000);
        Assert.Equal([1, 2, .. new int[998]], order.Lines.Items.ToArray().Select(line => line.Count));
    }
}
