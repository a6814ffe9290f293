using System.Buffers.Binary;

namespace VmSplice.Tests.Buffers;

/// <summary>Texts and lists of a buffer through a pipe: what arrives, also at a side that declares spans, and what is refused.</summary>
[Trait("Category", "Transport")]
public sealed class SegmentTrafficTests
{
    private const int HeaderLength = 64;

    /// <summary>Behind the fingerprint, the lengths that vary: of Customer, Note, Lines and Marks.</summary>
    private const int FirstLength = 24;

    [Theory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void Orders_ArriveAsTheyWereFilled(PipeReaderKind kind)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        Background sender = Background.Run(() =>
        {
            using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind });
            for (int i = 0; i <= 1_000; i += 25)
            {
                writer.Send(Filled(writer, i));
            }

            writer.CompleteBuffers();
        });
        using Order received = Order.Allocate();
        int number = 0;
        for (; reader.TryReceiveInto(received); number += 25)
        {
            Assert.Equal((number, number, number % 11), (received.Number, received.Lines.Count, received.Marks.Count));
            Assert.Equal($"customer {number}", received.Customer.ToString());
            Assert.Equal(NoteOf(number), received.Note.Characters);
            for (int i = 0; i < number; i++)
            {
                Assert.Equal(new OrderLine { Count = i, Price = i / 2.0, Unit = Unit.Metre }, received.Lines[i]);
            }
        }

        Assert.Equal(1_025, number);
        sender.Join();
    }

    [Fact]
    public void ReceivedOrder_IsTheReadersToChangeAndSendOn()
    {
        using SplicePipe first = SplicePipe.Create(1024 * 1024);
        using SplicePipe second = SplicePipe.Create(1024 * 1024);
        Background sender = Background.Run(() =>
        {
            using SpliceWriter writer = first.OpenWriter();
            writer.Send(Filled(writer, 9));
        });
        Background relay = Background.Run(() =>
        {
            using SpliceReader reader = first.OpenReader();
            using SpliceWriter writer = second.OpenWriter();
            Order order = Order.Receive(reader);
            order.Customer.Append(" of Vienna");
            order.Lines.Add(new OrderLine { Count = 9, Unit = Unit.Piece });
            writer.Send(order);
        });
        using SpliceReader end = second.OpenReader();
        using Order order = Order.Receive(end);
        Assert.Equal(("customer 9 of Vienna", 10, 9), (order.Customer.ToString(), order.Lines.Count, order.Lines[9].Count));
        sender.Join();
        relay.Join();
    }

    [Fact]
    public void OtherSideDeclaresSpans_ReadsTheSame()
    {
        using SpliceReader reader = Replay(Captured());
        using OrderInSpans order = OrderInSpans.Receive(reader);
        Assert.Equal((7, 7, NoteOf(7)), (order.Number, order.LinesLength, order.Note.ToString()));
        Assert.Equal(6, order.Lines[6].Count);
    }

    [Fact]
    public void TextForBytes_IsAnotherBuffer()
        => Assert.NotEqual(LayoutOf<Caption>().Fingerprint, LayoutOf<CaptionInBytes>().Fingerprint);

    /// <summary>Also of the greatest numbers, and whatever the segment is declared as.</summary>
    [Theory]
    [InlineData(0, "Customer", 101)]
    [InlineData(0, "Customer", uint.MaxValue)]
    [InlineData(1, "Note", 5_001)]
    [InlineData(2, "Lines", 1_001)]
    [InlineData(2, "Lines", int.MaxValue)]
    [InlineData(3, "Marks", 11)]
    public void LengthBeyondItsBound_RefusedByNameAndNothingChanged(int index, string segment, uint length)
    {
        byte[] bytes = Captured();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FirstLength + (4 * index)), length);
        using SpliceReader reader = Replay(bytes);
        using Order order = Order.Allocate();
        order.Customer.Set("before");
        BufferStreamException e = Assert.Throws<BufferStreamException>(() => reader.ReceiveInto(order));
        Assert.Equal((StreamFault.Damaged, segment, FirstLength + (4 * index)), (e.Fault, e.Segment, e.ByteOffset));
        Assert.Contains($"claims {length} elements of VmSplice.Tests.Buffers.Order.{segment}", e.Message, StringComparison.Ordinal);
        Assert.Equal(("before", 0, 0), (order.Customer.ToString(), order.Note.Length, order.Lines.Count));
    }

    /// <summary>A length within its bound that takes the bytes of what comes behind: the values there are none, or the stream is cut.</summary>
    [Fact]
    public void OtherLengthWithinItsBound_NeverShowsMemoryOfAnother()
    {
        byte[] bytes = Captured();
        for (uint count = 0; count <= 1_000; count += 7)
        {
            byte[] changed = [.. bytes];
            BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(FirstLength + 8), count);
            using SpliceReader reader = Replay(changed);
            using Order order = Order.Allocate();
            if (count == 7)
            {
                reader.ReceiveInto(order);
                continue;
            }

            try
            {
                reader.ReceiveInto(order);
                Assert.InRange(count, 0u, 7u);
            }
            catch (BufferStreamException e)
            {
                Assert.Contains(e.Fault, new[] { StreamFault.Cut, StreamFault.InvalidValue });
            }
        }
    }

    [Theory]
    [InlineData("Lines", 14)]
    [InlineData("Lines", 15)]
    [InlineData("Marks", 0)]
    public void InvalidItem_RefusedByName(string segment, int at)
    {
        byte[] bytes = Captured();
        int start = HeaderLength + 8 + "customer 7".Length + (2 * NoteOf(7).Length) + (segment == "Marks" ? 7 * 16 : 0);
        bytes[start + at] = 99;
        using SpliceReader reader = Replay(bytes);
        BufferStreamException e = Assert.Throws<BufferStreamException>(() => Order.Receive(reader));
        Assert.Equal((StreamFault.InvalidValue, segment), (e.Fault, e.Segment));
    }

    private static string NoteOf(int number) => new((char)(0x4E00 + number), number * 4);

    private static Order Filled(SpliceWriter writer, int number)
    {
        Order order = Order.Rent(writer);
        order.Number = number;
        order.Customer.Set($"customer {number}");
        order.Note.Set(NoteOf(number));
        for (int i = 0; i < number; i++)
        {
            ref OrderLine line = ref order.Lines.Add();
            line.Count = i;
            line.Price = i / 2.0;
            line.Unit = Unit.Metre;
        }

        order.Marks.AddRange(new bool[number % 11]);
        return order;
    }

    private static BufferLayout LayoutOf<T>()
        where T : class, ISpliceableBuffer<T>
        => T.Layout;

    /// <summary>The bytes of one order as they travel.</summary>
    private static byte[] Captured()
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            writer.Send(Filled(writer, 7));
        }

        using SpliceReader reader = pipe.OpenReader();
        byte[] bytes = new byte[4_096];
        int length = 0;
        for (int read; (read = reader.Read(bytes.AsSpan(length))) != 0; length += read)
        {
        }

        return bytes[..length];
    }

    /// <summary>The bytes and the end of the pipe; they fit into it.</summary>
    private static SpliceReader Replay(byte[] bytes)
    {
        SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            writer.Write(bytes);
        }

        return pipe.OpenReader();
    }
}

[Spliceable]
public sealed partial class Caption
{
    [Segment(MaxLength = 80)]
    public partial TextSegment Text { get; }
}

[Spliceable]
public sealed partial class CaptionInBytes
{
    [Segment(MaxLength = 80)]
    public partial Span<byte> Text { get; }
}
