using System.Buffers;
using System.Text;

namespace VmSplice.Tests.Texts;

/// <summary>What a mistake with texts and lists gets: an exception that says which field and what to do, and nothing wrong on the other side.</summary>
[Trait("Category", "Transport")]
public sealed class TextMistakeTests : IDisposable
{
    private readonly SplicePipe _pipe = SplicePipe.Create(1024 * 1024);
    private readonly RecordWriter<LogEvent> _writer;
    private readonly RecordReader<LogEvent> _reader;

    public TextMistakeTests()
    {
        _writer = new RecordWriter<LogEvent>(_pipe.OpenWriter());
        _reader = new RecordReader<LogEvent>(_pipe.OpenReader());
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        _pipe.Dispose();
    }

    [Fact]
    public void BeforeAnyRecord_SaysToTakeASlotFirst()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => _writer.AddText("early"));
        Assert.Equal(
            "No record of LogEvent is there to get a text or a list: take its slot with Next() first, and add its texts before the next call of the writer.",
            e.Message);
    }

    [Fact]
    public void BehindAFlush_SaysToTakeASlotFirst()
    {
        _ = _writer.Next();
        _writer.Flush();
        Assert.Throws<InvalidOperationException>(() => _writer.AddText("late"));
    }

    [Fact]
    public void BehindACopiedRecord_SaysToTakeASlotFirst()
    {
        _writer.Write(new LogEvent { Time = 1 });
        Assert.Throws<InvalidOperationException>(() => _writer.AddText("late"));
    }

    [Fact]
    public void TextOfARecordBefore_FlushNamesRecordAndField()
    {
        _ = _writer.Next();
        SpliceText text = _writer.AddText("of the first");
        ref LogEvent second = ref _writer.Next();
        second.Message = text;
        ref LogEvent third = ref _writer.Next();
        third.Message = _writer.AddText("its own");
        third.Host = text;
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(_writer.Flush);
        Assert.Equal(
            "VmSplice.Tests.Texts.LogEvent.Host of record 2 is the text or list of another record. Each has its own: call AddText or AddList "
                + "again after Next().",
            e.Message);
    }

    [Fact]
    public async Task CopyWithText_Refused()
    {
        LogEvent copy = default;
        _ = _writer.Next();
        copy.Message = _writer.AddText("of the first");
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => _writer.Write(copy));
        Assert.Contains("LogEvent.Message lies in the block of another record", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _writer.Write([copy]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _writer.WriteAsync(new[] { copy }).AsTask());
        _writer.GetSpan(1)[0] = copy;
        Assert.Throws<InvalidOperationException>(() => _writer.Advance(1));
    }

    [Fact]
    public void TextOfABatchBefore_SaysToCopy()
    {
        LogEvent.Write(_writer, 0, new Lengths(5, 2));
        _writer.Flush();
        LogEvent kept = _reader.ReadBatch()[0];
        LogEvent.Write(_writer, 1, new Lengths(5, 2));
        _writer.Flush();
        _ = _reader.ReadBatch();
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => _reader.GetString(kept.Message));
        Assert.Contains("copy what you want to keep", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _reader.GetList(kept.Samples).Length);
    }

    [Fact]
    public void TextOfADisposedReader_Refused()
    {
        LogEvent.Write(_writer, 0, new Lengths(5, 2));
        _writer.Flush();
        LogEvent kept = _reader.ReadBatch()[0];
        _reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _reader.GetString(kept.Message));
    }

    [Fact]
    public void DefaultOfAField_IsEmpty()
    {
        _ = _writer.Next();
        _writer.Flush();
        LogEvent got = _reader.ReadBatch()[0];
        Assert.True(got.Message.IsEmpty);
        Assert.Equal(string.Empty, _reader.GetString(got.Message));
        Assert.True(_reader.GetList(got.Samples).IsEmpty);
    }

    [Fact]
    public void NotFramed_RefusedByBothSides()
    {
        using SplicePipe pipe = SplicePipe.Create(65_536);
        NotSupportedException e = Assert.Throws<NotSupportedException>(
            () => new RecordWriter<LogEvent>(pipe.OpenWriter(), new RecordWriterOptions { Framed = false }));
        Assert.Contains("LogEvent.Message is a text or a list", e.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => new RecordReader<LogEvent>(pipe.OpenReader(), new RecordReaderOptions { Framed = false }));
    }

    [Fact]
    public void Codec_RefusedWithTheWayOut()
    {
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => RecordCodec.Encode<LogEvent>([default], new ArrayBufferWriter<byte>()));
        Assert.Contains("Send such records with a RecordWriter", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooLongText_RefusedAndNothingLost()
    {
        LogEvent.Write(_writer, 0, new Lengths(5, 2));
        ref LogEvent e = ref _writer.Next();
        ArgumentException refused = Assert.Throws<ArgumentException>(() => _writer.AddText(new byte[1 << 24]));
        Assert.Contains("16777215 bytes", refused.Message, StringComparison.Ordinal);
        e.Message = _writer.AddText("short");
        _writer.Flush();
        ReadOnlySpan<LogEvent> batch = _reader.ReadBatch();
        Assert.Null(batch[0].Mistake(_reader, 0, new Lengths(5, 2)));
        Assert.Equal("short", _reader.GetString(batch[1].Message));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("Grüße, Ωmega, 漢字, 👋")]
    [InlineData("lone \ud800 half")]
    [InlineData("")]
    public void AnyCharacters_ArriveAsEncodingSaysThem(string text)
    {
        _writer.Next().Message = _writer.AddText(text);
        _writer.Next().Message = _writer.AddText($"<{text}>");
        _writer.Flush();
        ReadOnlySpan<LogEvent> batch = _reader.ReadBatch();
        Assert.Equal(Encoding.UTF8.GetBytes(text), _reader.GetText(batch[0].Message).ToArray());
        Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes($"<{text}>")), _reader.GetString(batch[1].Message));
    }
}
