using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1008MalformedSegmentTests
{
    private const string Id = "VMS1008";
    private const string Others = "\n[Spliceable] public partial struct Head { public long Id; }";

    [Theory]
    [InlineData("[Spliceable] public partial class [|Frame|] { }")]
    [InlineData("[Spliceable] public partial class [|Frame|] { public int Id; }")]
    public Task BufferWithoutSegments_Reported(string source) => ContractTest.VerifyAsync(Id, source);

    [Theory]
    [InlineData("[Segment] public ref Head [|Header|] => throw new Exception();")]
    [InlineData("[Segment] public Head [|Header|] { get; set; }")]
    [InlineData("[Segment] public Head [|Header|] { get; }")]
    [InlineData("[Segment] public ref readonly Head [|Header|] => throw new Exception();")]
    [InlineData("[Segment(Length = 4)] public Span<byte> [|Data|] => default;")]
    [InlineData("[Segment(Length = 4)] public static Span<byte> [|Data|] => default;")]
    [InlineData("[Segment(Length = 4)] public ReadOnlySpan<byte> [|Data|] => default;")]
    [InlineData("[Segment(Length = 4)] public byte[] [|Data|] { get; } = [];")]
    [InlineData("[Segment(Length = 4)] public Memory<byte> [|Data|] { get; set; }")]
    [InlineData("[Segment(Length = 4)] public byte [|this|][int index] => 0;")]
    [InlineData("[Segment] public partial Span<byte> [|Data|] { get; }")]
    [InlineData("[Segment(Length = 0)] public partial Span<byte> [|Data|] { get; }")]
    [InlineData("[Segment(Length = -4)] public partial Span<byte> [|Data|] { get; }")]
    [InlineData("[Segment(MaxLength = 0)] public partial Span<byte> [|Data|] { get; }")]
    [InlineData("[Segment(Length = 4, MaxLength = 8)] public partial Span<byte> [|Data|] { get; }")]
    [InlineData("[Segment(Length = 4)] public partial ref Head [|Header|] { get; }")]
    [InlineData("[Segment(MaxLength = 4)] public partial Span<byte> [|Data|] { get; } public int DataLength => 3;")]
    [InlineData("[Segment(MaxLength = 4)] public static partial TextSegment [|Text|] { get; }")]
    [InlineData("[Segment(MaxLength = 4)] public TextSegment [|Text|] => default;")]
    [InlineData("[Segment(MaxLength = 0)] public partial CharSegment [|Text|] { get; }")]
    [InlineData("[Segment(Length = 4, MaxLength = 8)] public partial ListSegment<Head> [|Heads|] { get; }")]
    public Task MalformedSegment_Reported(string member)
        => ContractTest.VerifyErrorsAllowedAsync(Id, $"[Spliceable] public partial class Frame {{ {member} }}{Others}");

    [Theory]
    [InlineData("public partial class Frame { [Segment] public ref int [|Id|] => throw new Exception(); }")]
    [InlineData("public class Frame { [SegmentAttribute(Length = 4)] public Span<byte> [|Data|] => default; }")]
    [InlineData("[Spliceable] public partial struct Frame { public int Id; [VmSplice.Segment] public readonly int [|Other|] => Id; }")]
    [InlineData("public interface IFrame { [Segment] ref int [|Id|] { get; } }")]
    public Task SegmentOfNoBuffer_Reported(string source) => ContractTest.VerifyAsync(Id, source);

    [Fact]
    public Task SegmentsInTwoParts_TheStrayReported()
        => ContractTest.VerifyErrorsAllowedAsync(Id, """
            [Spliceable] public partial class Frame { [Segment] public partial ref int First { get; } }
            public partial class Frame { [Segment] public partial ref int [|Second|] { get; } }
            """);

    [Theory]
    [InlineData("[Segment] public partial ref Head Header { get; }")]
    [InlineData("[Segment] public partial ref int Number { get; }")]
    [InlineData("[Segment(Length = 4)] public partial Span<byte> Data { get; }")]
    [InlineData("[Segment(MaxLength = 4)] internal partial Span<Head> Data { get; }")]
    [InlineData("[Segment(Length = 1)] private protected partial Span<Guid> Data { get; }")]
    [InlineData("[Segment(Length = 4)] private partial Span<bool> Data { get; } public int Twice => Data.Length * 2; public string Name { get; set; } = \"\";")]
    [InlineData("[Segment(MaxLength = 4)] public partial Span<char> Data { get; } public static int Default => 3;")]
    [InlineData("[Segment(MaxLength = 4)] public partial TextSegment Text { get; } public int TextLength => 3;")]
    [InlineData("[Segment(MaxLength = 4)] internal partial CharSegment Text { get; }")]
    [InlineData("[Segment(MaxLength = 4)] public partial ListSegment<Head> Heads { get; }")]
    [InlineData("[Segment(MaxLength = 4)] private partial ListSegment<bool> Marks { get; }")]
    public Task RightSegment_NotReported(string member)
        => ContractTest.VerifyAsync(Id, $"[Spliceable] public sealed partial class Frame {{ {member} }}{Others}");

    [Fact]
    public Task OtherAttributeOfThatName_NotReported()
        => ContractTest.VerifyAsync(Id,
            """
            namespace Mine
            {
                public sealed class SegmentAttribute : Attribute;
                public class Frame
                {
                    [Mine.Segment] public int Id { get; set; }
                }
            }
            """);

    [Theory]
    [InlineData("[Segment] public nint [|Size|] { get; }", "'Size' does not return the memory that is sent; write 'public partial ref nint Size { get; }'")]
    [InlineData("[Segment] public string [|Text|] { get; set; }",
        "'Text' has a setter, and a segment is written through its reference or span; write '[Segment(MaxLength = …)] public partial TextSegment Text { get; "
            + "}'")]
    [InlineData("[Segment] public List<byte> [|Data|] { get; } = [];",
        "'Data' does not return the memory that is sent; write '[Segment(MaxLength = …)] public partial ListSegment<byte> Data { get; }'")]
    [InlineData("[Segment(MaxLength = 4)] public partial TextSegment [|Text|] { get; set; }",
        "'Text' has a setter, and a text or a list is changed by its own Set, Append or Add; write 'public partial TextSegment Text { get; }'")]
    [InlineData("[Segment(MaxLength = 4)] public partial ref ListSegment<int> [|Data|] { get; }",
        "'Data' does not return the memory that is sent; write 'public partial ListSegment<int> Data { get; }'")]
    [InlineData("[Segment] public partial ListSegment<int> [|Data|] { get; }", "'Data' does not say how long it can become; add MaxLength")]
    [InlineData("[Segment(Length = 4)] public partial CharSegment [|Text|] { get; }",
        "'Text' has a Length, and the length of a text or a list varies; write MaxLength, or make it a Span where it has always as many elements")]
    [InlineData("[Segment(Length = 4)] public IReadOnlyList<int> [|Data|] => [];",
        "'Data' does not return the memory that is sent; write 'public partial Span<int> Data { get; }'")]
    [InlineData("[Segment(Length = 4)] public static Span<byte> [|Data|] => default;",
        "'Data' is static, and a segment belongs to one buffer; write 'public partial Span<byte> Data { get; }'")]
    [InlineData("[Segment] public partial Span<byte> [|Data|] { get; }",
        "'Data' does not say how many elements it has; add Length, or MaxLength where their number varies")]
    [InlineData("[Segment(Length = 4)] public byte [|this|][int index] => 0;",
        "'this[]' is an indexer, and a segment is a property; declare a property, or remove [Segment]")]
    [InlineData("[Segment(Length = -4)] public partial Span<byte> [|Data|] { get; }", "'Data' is declared with -4 elements; a segment needs at least one")]
    public async Task MalformedSegment_MessageSaysWhatToWrite(string member, string message)
        => Assert.Equal(message, (await ContractTest.VerifyErrorsAllowedAsync(Id, $"[Spliceable] public partial class Frame {{ {member} }}")).Message);

    [Theory]
    [InlineData("VMS1002", "public partial Span<string> [|Data|] { get; }")]
    [InlineData("VMS1002", "public List<string> [|Names|] { get; } = [];")]
    [InlineData("VMS1002", "public Action [|Call|] { get; set; }")]
    [InlineData("VMS1005", "public partial Span<nint> [|Data|] { get; }")]
    [InlineData("VMS1006", "public partial Span<DateTime> [|Data|] { get; }")]
    [InlineData("VMS1009", "public partial Span<(int, int)> [|Data|] { get; }")]
    public Task WrongElement_ReportedByTheRuleOfFields(string id, string member)
        => ContractTest.VerifyErrorsAllowedAsync(id, $"[Spliceable] public partial class Frame {{ [Segment(Length = 4)] {member} }}");

    [Theory]
    [InlineData("VMS1002", "ListSegment<string>")]
    [InlineData("VMS1005", "ListSegment<nint>")]
    [InlineData("VMS1006", "ListSegment<DateTime>")]
    [InlineData("VMS1009", "ListSegment<(int, int)>")]
    [InlineData("VMS1009", "ListSegment<SpliceText>")]
    public Task WrongItem_ReportedByTheRuleOfFields(string id, string type)
        => ContractTest.VerifyErrorsAllowedAsync(id, $$"""
            [Spliceable] public partial class Frame { [Segment(MaxLength = 4)] public partial {{type}} [|Data|] { get; } }
            """);

    [Theory]
    [InlineData("[Segment] public partial ref SpliceText [|Text|] { get; }", "a text is a segment of its own: declare a 'TextSegment'")]
    [InlineData("[Segment(MaxLength = 4)] public partial Span<SpliceList<int>> [|Data|] { get; }",
        "a list is a segment of its own: declare a 'ListSegment<int>'")]
    public async Task FieldOfARecordAsSegment_MessageNamesTheSegment(string member, string advice)
        => Assert.Contains(advice, (await ContractTest.VerifyErrorsAllowedAsync("VMS1009", $"[Spliceable] public partial class Frame {{ {member} }}")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("public TextSegment [|Text|];", "use a 'SpliceText' in a record")]
    [InlineData("public ListSegment<int> [|Data|];", "use a 'SpliceList<int>' in a record")]
    public async Task SegmentAsFieldOfARecord_MessageNamesTheField(string field, string advice)
        => Assert.Contains(advice, (await ContractTest.VerifyErrorsAllowedAsync("VMS1002", $"[Spliceable] public partial struct Tick {{ {field} }}")).Message,
            StringComparison.Ordinal);
}
