using System.Diagnostics;

namespace VmSplice.Tests.Buffers;

/// <summary>Texts of a buffer: set and appended in each form, in both encodings, up to the last byte that there is room for.</summary>
public sealed class SegmentTextTests
{
    [Fact]
    public void EachForm_IsTheSameText()
    {
        using Order order = Order.Allocate();
        Assert.True(order.Customer.IsEmpty && order.Note.IsEmpty);
        Assert.Equal(("", ""), (order.Customer.ToString(), order.Note.ToString()));

        order.Customer.Set("Zoë");
        Assert.Equal("Zoë"u8, order.Customer.Utf8);
        order.Customer.Set("Zoë"u8);
        order.Customer.Append($" no. {7,3}: {1.5:F2}");
        order.Customer.Append(", "u8);
        order.Customer.Append("Wien");
        Assert.Equal(("Zoë no.   7: 1.50, Wien", 24, 100), (order.Customer.ToString(), order.Customer.Length, order.Customer.MaxLength));

        order.Note.Set("Zoë");
        Assert.Equal("Zoë", order.Note.Characters);
        order.Note.Set("Zoë"u8);
        order.Note.Append($" no. {7,3}: {1.5:F2}");
        order.Note.Append(", "u8);
        order.Note.Append("Wien");
        Assert.Equal(("Zoë no.   7: 1.50, Wien", 23, 5_000), (order.Note.ToString(), order.Note.Length, order.Note.MaxLength));

        order.Customer.Set($"{order.Note.Characters[..3]}{order.Customer.Utf8[^4..]}");
        Assert.Equal("ZoëWien", order.Customer.ToString());
        order.Customer.Set(order.Customer.Utf8[4..]);
        Assert.Equal("Wien", order.Customer.ToString());
        order.Customer.Clear();
        order.Note.Set($"");
        Assert.True(order.Customer.IsEmpty && order.Note.IsEmpty);
    }

    [Fact]
    public void WhatHasNoRoom_IsRefusedByNameAndChangesNothing()
    {
        using Order order = Order.Allocate();
        order.Customer.Set(new string('ä', 50));
        Assert.Equal(100, order.Customer.Length);
        ArgumentException e = Assert.Throws<ArgumentException>(() => order.Customer.Append("!"));
        Assert.Equal(
            "VmSplice.Tests.Buffers.Order.Customer holds at most 100 bytes, has 100 already, and 1 byte more does not fit. Send this buffer and fill another "
                + "one, or declare a larger MaxLength on both sides.",
            e.Message);
        Assert.Throws<ArgumentException>(() => order.Customer.Append("!"u8));
        Assert.Throws<ArgumentException>(() => order.Customer.Append($"{1}"));
        e = Assert.Throws<ArgumentException>(() => order.Customer.Set(new string('ä', 51)));
        Assert.Contains("holds at most 100 bytes, and 102 bytes more do not fit", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => order.Customer.Set($"{new string('x', 101)}"));
        Assert.Equal(new string('ä', 50), order.Customer.ToString());

        e = Assert.Throws<ArgumentException>(() => order.Note.Set(new string('x', 5_001)));
        Assert.Contains("Order.Note holds at most 5000 characters, and 5001 characters more", e.Message, StringComparison.Ordinal);
        Assert.True(order.Note.IsEmpty);
    }

    [Fact]
    public void WhatIsNoText_BecomesTheReplacementCharacter()
    {
        using Order order = Order.Allocate();
        order.Customer.Set("a\ud800b");
        Assert.Equal("a\ufffdb", order.Customer.ToString());
        order.Note.Set([(byte)'a', 0xFF, (byte)'b']);
        Assert.Equal("a\ufffdb", order.Note.ToString());

        // Not checked: the bytes are the sender's.
        order.Customer.Set([(byte)'a', 0xFF, (byte)'b']);
        Assert.Equal([(byte)'a', 0xFF, (byte)'b'], order.Customer.Utf8.ToArray());
        Assert.Equal("a\ufffdb", order.Customer.ToString());
    }

    [Fact]
    public void DefaultOfAView_SaysWhereToTakeOne()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => default(TextSegment).Length);
        Assert.Equal("This is the segment of no buffer: take it from a property that is marked [Segment].", e.Message);
        Assert.Throws<InvalidOperationException>(() => default(CharSegment).Set("x"));
        Assert.Throws<InvalidOperationException>(() => default(ListSegment<int>).Add());
    }

    [Fact]
    public void DisposedOrSent_EachAccessThrowsAndLengthsAreStillKnown()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        Order order = Order.Rent(writer);
        order.Customer.Set("Ann");
        order.Lines.Add().Count = 3;
#pragma warning disable VMS2001, VMS2002 // That is what is tested.
        writer.Send(order);
        Assert.Equal((3, 0, 1, 1_000), (order.Customer.Length, order.Note.Length, order.Lines.Count, order.Lines.MaxLength));
        ObjectDisposedException e = Assert.Throws<ObjectDisposedException>(() => order.Customer.Set("Bob"));
        Assert.Contains("was sent", e.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => order.Customer.Append($"Bob"));
        Assert.Throws<ObjectDisposedException>(() => order.Customer.Utf8.Length);
        Assert.Throws<ObjectDisposedException>(() => order.Customer.ToString());
        Assert.Throws<ObjectDisposedException>(() => order.Customer.Clear());
        Assert.Throws<ObjectDisposedException>(() => order.Note.Append("late"u8));
        Assert.Throws<ObjectDisposedException>(() => order.Note.Characters.Length);
        Assert.Throws<ObjectDisposedException>(() => order.Lines.Add());
        Assert.Throws<ObjectDisposedException>(() => order.Lines.Add(default));
        Assert.Throws<ObjectDisposedException>(() => order.Lines.AddRange(default(OrderLine)));
        Assert.Throws<ObjectDisposedException>(() => order.Lines[0].Count);
        Assert.Throws<ObjectDisposedException>(() => order.Lines.GetEnumerator().MoveNext());
        Assert.Throws<ObjectDisposedException>(() => order.Lines.Clear());
#pragma warning restore VMS2001, VMS2002
        Assert.Equal(3, order.Customer.Length);
    }

    [Fact]
    public void Texts_AllocateNothing()
    {
        using Order order = Order.Allocate();

        // Code that is not optimized yet boxes each number, and a busy machine takes its time to optimize.
        long allocated = long.MaxValue;
        Stopwatch most = Stopwatch.StartNew();
        while (allocated != 0 && most.Elapsed < TimeSpan.FromSeconds(30))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                order.Customer.Set($"customer {i} of {i * 3:X8}");
                order.Note.Set("note ");
                order.Note.Append($"{i / 7.0:F2}");
                order.Lines.Clear();
                order.Lines.Add().Count = i;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }
}
