using VmSplice.Records;

namespace VmSplice.Tests.Records;

/// <summary>What is wrong with a stream, as a value that code can decide by.</summary>
[Trait("Category", "Transport")]
public class StreamFaultTests
{
    private static readonly RecordField Price = new("Price", "long", 0, 8);
    private static readonly RecordField Size = new("Size", "int", 8, 4);

    [Fact]
    public void NothingArrived_NotBegun() => Assert.Equal(StreamFault.NotBegun, FaultOf([]).Fault);

    [Fact]
    public void PartOfTheHeader_Cut() => Assert.Equal(StreamFault.Cut, FaultOf(Stream(Mark.Layout)[..10]).Fault);

    [Fact]
    public void NoEndMark_Cut() => Assert.Equal(StreamFault.Cut, FaultOf(Stream(Mark.Layout)).Fault);

    [Fact]
    public void SomethingElse_Foreign() => Assert.Equal(StreamFault.Foreign, FaultOf(new byte[200]).Fault);

    [Fact]
    public void BlockThatIsNone_Damaged() => Assert.Equal(StreamFault.Damaged, FaultOf([.. Stream(Mark.Layout), .. new byte[64]]).Fault);

    [Fact]
    public void AnotherLayout_NamesTheField()
    {
        RecordStreamException error = FaultOf(Stream(new RecordLayout("Other", 1, 1, new RecordField("Value", "sbyte", 0, 1))));
        Assert.Equal(StreamFault.Layout, error.Fault);
        Assert.Equal("Value", error.Field);
        Assert.Contains("Value, here a byte at byte 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Price", "ulong", "Price")]
    [InlineData("Amount", "long", "Price")]
    public void FieldThatWasChanged_IsNamed(string name, string type, string expected)
        => Assert.Equal(expected, DifferenceOf([new RecordField(name, type, 0, 8), Size], [Price, Size], out _));

    [Fact]
    public void FieldThatTheSenderHasNot_IsNamed()
    {
        Assert.Equal("Size", DifferenceOf([Price], [Price, Size], out string sentence));
        Assert.Contains("the sender has 1 field, this side 2", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void FieldThatIsMissingHere_IsCounted()
    {
        Assert.Null(DifferenceOf([Price, Size], [Price], out string sentence));
        Assert.Contains("the sender has 2 fields, this side 1", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void OneOfManyFields_IsNarrowedDown()
    {
        RecordField[] fields = [.. Enumerable.Range(0, 100).Select(i => new RecordField($"F{i}", "int", i * 4, 4))];
        RecordField[] others = [.. fields];
        others[50] = new RecordField("F50", "uint", 200, 4);
        Assert.Null(DifferenceOf(others, fields, out string sentence));
        Assert.Contains("one of F47 to F51", sentence, StringComparison.Ordinal);
    }

    private static string? DifferenceOf(RecordField[] theirs, RecordField[] ours, out string sentence)
    {
        byte[] sketch = new byte[40];
        new RecordLayout("Theirs", 8, 1, theirs).Sketch.Write(sketch);
        return new RecordLayout("Ours", 8, 2, ours).Sketch.FindDifference(sketch, out sentence);
    }

    private static byte[] Stream(RecordLayout layout)
    {
        byte[] header = new byte[RecordStreamFormat.HeaderLength];
        RecordStreamFormat.WriteHeader(header, layout, RecordStreamFlags.None);
        return header;
    }

    private static RecordStreamException FaultOf(byte[] bytes)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (SpliceWriter writer = pipe.OpenWriter())
        {
            writer.Write(bytes.AsSpan());
        }

        using var reader = new RecordReader<Mark>(pipe.OpenReader());
        return Assert.Throws<RecordStreamException>(() => { reader.ReadBatch(); });
    }
}
