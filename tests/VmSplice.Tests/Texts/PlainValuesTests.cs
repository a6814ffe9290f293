namespace VmSplice.Tests.Texts;

/// <summary>A record with texts or lists is not sent by its bytes alone: each way that would is refused before a byte went.</summary>
[Trait("Category", "Transport")]
public sealed class PlainValuesTests
{
    public static TheoryData<string> Ways => ["Write", "WriteAsync", "Rent", "RentUninitialized", "Allocate", "Nested", "ListAlone"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task RecordWithTexts_IsRefusedWithTheWayOut(string way)
    {
        using SplicePipe pipe = SplicePipe.Create(65_536);
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        NotSupportedException e = await Assert.ThrowsAsync<NotSupportedException>(async () =>
        {
            switch (way)
            {
                case "Write":
                    writer.Write<LogEvent>([default]);
                    break;
                case "WriteAsync":
                    await writer.WriteAsync<LogEvent>(new LogEvent[1]);
                    break;
                case "Rent":
                    writer.Rent<LogEvent>(1).Dispose();
                    break;
                case "RentUninitialized":
                    writer.RentUninitialized<LogEvent>(1).Dispose();
                    break;
                case "Allocate":
                    PageBuffer<LogEvent>.Allocate(1).Dispose();
                    break;
                case "Nested":
                    writer.Write<Around>([default]);
                    break;
                case "ListAlone":
                    writer.Write<Series>([default]);
                    break;
            }
        });
        Assert.Contains("has texts or lists, which lie behind the records of a block and would be lost", e.Message, StringComparison.Ordinal);
        Assert.Contains("Send such records with a RecordWriter (CreateWriter)", e.Message, StringComparison.Ordinal);
        writer.Dispose();
        Assert.Equal(0, reader.Read(new byte[1]));
    }

    [Fact]
    public void RecordWithoutTexts_IsSentAsItsBytes()
    {
        using SplicePipe pipe = SplicePipe.Create(65_536);
        using SpliceWriter writer = pipe.OpenWriter();
        using SpliceReader reader = pipe.OpenReader();
        writer.Write<Sample>([new Sample { Number = 7 }]);
        writer.Rent<Sample>(1).Dispose();
        Sample[] read = new Sample[1];
        reader.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(read.AsSpan()));
        Assert.Equal(7, read[0].Number);
    }
}

[Spliceable]
internal partial struct Around
{
    public LogEvent Inner;
}

[Spliceable]
internal partial struct Series
{
    public SpliceList<double> Values;
}
