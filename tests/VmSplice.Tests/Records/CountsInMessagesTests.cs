using System.Buffers;
using System.Text.RegularExpressions;
using VmSplice.Buffers;
using VmSplice.Memory;
using VmSplice.Records;

namespace VmSplice.Tests.Records;

/// <summary>Messages count in English: "1 byte", not "1 bytes".</summary>
[Trait("Category", "Transport")]
public sealed partial class CountsInMessagesTests
{
    private static readonly BufferLayout s_oneByte = new("Any", 1, new BufferSegment("Bytes", "byte", 1, 1));
    private static readonly BufferLayout s_twoSegments = new("Any", 2, new BufferSegment("Part", "int", 4, 1), new BufferSegment("Rest", "int", 4, 1));

    private static readonly Dictionary<string, (Func<string> Message, string Expected)> s_faults = new()
    {
        ["RecordLayout.ToString"] = (() => new RecordLayout("One", 1, 1).ToString(), "One: 1 byte,"),
        ["BufferLayout.ToString"] = (() => s_oneByte.ToString(), "Any: 1 segment, 1 byte,"),
        ["BufferLayout without a size"] =
            (() => Fails<ArgumentException>(() => _ = new BufferLayout("Any", 1, new BufferSegment("Part", "byte", 0, 1))), "has 1 element of 0 bytes"),
        ["a buffer of another layout"] =
            (() => Fails<BufferStreamException>(() => BufferHeader.Check(HeaderOf(s_oneByte), s_twoSegments)), "the sender has 1 segment, this side 2"),
        ["records of another layout"] =
            (() => Fails<RecordStreamException>(() => RecordCodec.Decode<Mark>(new ReadOnlySequence<byte>(HeaderOf(new RecordLayout("Other", 1, 7))))),
                "laid out differently: 1 byte, fingerprint"),
        ["RecordCodec, bytes behind the end"] =
            (() => Fails<RecordStreamException>(() => RecordCodec.Decode<Mark>(new ReadOnlySequence<byte>([.. Encoded(1), 0]))),
                "1 byte behind the end of the stream, which has 1 record."),
        ["RecordCodec, cut"] = (() => Fails<RecordStreamException>(() => RecordCodec.Decode<Order>(new ReadOnlySequence<byte>(EncodedOrder()[..129]))),
            "1 byte into record 0 of 8 bytes"),
        ["RecordReader, cut"] = (() => Fails<RecordStreamException>(() => new RecordReader<Order>(Replay([1]), new() { Framed = false }).ReadBatch()),
            "cut 1 byte into record 0 of 8 bytes"),
        ["SpliceReader, eight bytes"] = (() => Fails<EndOfStreamException>(() => Replay([1]).ReadExactly(new byte[8].AsSpan())), "1 of 8 bytes"),
        ["SpliceReader, one byte"] = (() => Fails<EndOfStreamException>(() => Replay([]).ReadExactly(new byte[1].AsSpan())), "0 of 1 byte."),
        ["a buffer cut in its header"] = (() => Fails<BufferStreamException>(() => Receive(s_oneByte, [1])), "cut 1 byte into the header"),
        ["a buffer cut in a segment"] =
            (() => Fails<BufferStreamException>(() => Receive(s_twoSegments, [.. HeaderOf(s_twoSegments), 1])), "cut 1 byte into Any.Part (4 bytes)"),
        ["a length that is none"] = (() => Fails<ArgumentOutOfRangeException>(() => SetLength(s_oneByte, 2)), "exactly 1 element."),
        ["a gift of one byte"] = (() => Fails<ArgumentException>(GiftOneByte), "A gift of 1 element of 1 byte, 1 byte in all, goes 1 beyond"),
        ["a segment of one byte given"] = (() => Fails<ArgumentException>(() => RawGift(0, 1)), "Segment 0 is 1 byte long"),
        ["a segment one byte into a page"] = (() => Fails<ArgumentException>(() => RawGift(1, Pages.Size)), "Segment 0 starts 1 byte into"),
        ["a PipeWriter completed after one byte"] = (() => Fails<InvalidOperationException>(CompletedPipeWriter), "completed after 1 byte."),
        ["an incomplete send of one byte"] = (() => new IncompleteSendException(1, 0, 1).Message, "0 of its 1 byte."),
        ["a reader that left"] = (() => BrokenPipeException.ForBytes("write", 1, 1).Message, "Bytes accepted before: 1; of these never read: 1."),
        ["a target that failed"] = (() => ForwardException.ForTarget("splice", 28, "a file", 1).Message, "1 byte went through before"),
    };

    public static TheoryData<string> Faults => [.. s_faults.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void OneOfSomething_IsSingular(string fault)
    {
        string message = s_faults[fault].Message();
        Assert.Contains(s_faults[fault].Expected, message, StringComparison.Ordinal);
        Assert.DoesNotMatch(OneOfMany(), message);
    }

    private static string Fails<TException>(Action action)
        where TException : Exception
        => Assert.Throws<TException>(action).Message;

    private static byte[] HeaderOf(BufferLayout layout)
    {
        byte[] header = new byte[BufferHeader.LengthFor(layout)];
        BufferHeader.Write(header, layout, new int[layout.Segments.Count], recycles: false);
        return header;
    }

    private static byte[] HeaderOf(RecordLayout layout)
    {
        byte[] header = new byte[RecordStreamFormat.HeaderLength];
        RecordStreamFormat.WriteHeader(header, layout, RecordStreamFlags.None);
        return header;
    }

    private static byte[] Encoded(int marks)
    {
        var bytes = new ArrayBufferWriter<byte>();
        RecordCodec.Encode<Mark>(new Mark[marks], bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] EncodedOrder()
    {
        var bytes = new ArrayBufferWriter<byte>();
        RecordCodec.Encode<Order>(new Order[1], bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static SpliceReader Replay(byte[] bytes)
    {
        var pipe = SplicePipe.Create();
        SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        writer.Write(bytes.AsSpan());
        return reader;
    }

    private static void Receive(BufferLayout layout, byte[] bytes)
    {
        AnyLayout.Current = layout;
        using SpliceReader reader = Replay(bytes);
        reader.Receive<AnyLayout>().Dispose();
    }

    private static void SetLength(BufferLayout layout, int length)
    {
        AnyLayout.Current = layout;
        using var buffer = new AnyLayout(BufferPages.Rent(PagePool.Shared, layout));
        buffer.Pages.SetLength(0, length);
    }

    private static void GiftOneByte()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceWriter writer = pipe.OpenWriter();
        writer.Gift(writer.Rent<byte>(1));
    }

    private static void RawGift(int into, int length)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using PageBuffer<byte> pages = PageBuffer<byte>.Allocate(Pages.Size * 2);
        RawPipe.VmSplice(pipe.WriteHandle, [new IoVec(pages.Address + into, (nuint)length)], SpliceFlags.Gift);
    }

    private static void CompletedPipeWriter()
    {
        using SplicePipe pipe = SplicePipe.Create();
        System.IO.Pipelines.PipeWriter writer = pipe.OpenWriter().AsPipeWriter();
        writer.GetSpan(1)[0] = 1;
        writer.Advance(1);
        writer.FlushAsync().AsTask().GetAwaiter().GetResult();
        writer.Complete();
        writer.GetSpan(1);
    }

    [GeneratedRegex(@"\b1 (\w+ )?(bytes|records|elements|segments|fields|pages)\b")]
    private static partial Regex OneOfMany();

    private sealed class AnyLayout(BufferPages pages) : ISpliceableBuffer<AnyLayout>
    {
        [field: ThreadStatic]
        public static BufferLayout Current { get; set; } = s_oneByte;

        public static BufferLayout Layout => Current;

        public BufferPages Pages => pages;

        public static AnyLayout Create(BufferPages pages) => new(pages);

        public static int IndexOfInvalidElement(BufferPages pages, int segment) => -1;

        public void Dispose() => pages.Dispose();
    }
}
