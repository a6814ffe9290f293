using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1004PaddingTests
{
    private const string Id = "VMS1004";

    [Theory]
    [InlineData("public byte [|Tag|]; public int Id;")]
    [InlineData("public long Id; public int [|Tag|];")]
    [InlineData("public bool [|A|]; public short B; public short [|C|]; public double D;")]
    [InlineData("public byte [|Tag|]; public Guid Id;")]
    [InlineData("public long [|Low|]; public Int128 Wide;")]
    [InlineData("public byte [|A|] { get; set; } public int B { get; set; }")]
    [InlineData("public fixed byte [|Name|][5]; public int Id;")]
    [InlineData("public Name [|Name|]; public int Id;", "[InlineArray(6)] public struct Name { private byte _first; }")]
    [InlineData("public Inner Inner; public byte [|Tag|];", "[Spliceable] public partial struct Inner { public int Id; }")]
    public Task BytesBetweenOrAfterFields_Reported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("[Spliceable, StructLayout(LayoutKind.Sequential, Pack = 2)] public partial struct Record { public byte [|Tag|]; public int Id; }")]
    [InlineData("[Spliceable, StructLayout(LayoutKind.Sequential, Size = 16)] public partial struct Record { public long A; public int [|B|]; }")]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record
        {
            [FieldOffset(0)] public long A;
            [FieldOffset(8)] public int [|B|];
        }
        """)]
    [InlineData("[Spliceable] public partial record struct Record(byte [|Tag|], int Id);")]
    public Task PackSizeOrKind_ReportedAsTheyAre(string source)
        => ContractTest.VerifyAsync(Id, "using System.Runtime.InteropServices;\n" + source);

    [Theory]
    [InlineData("public int Id; public short A, B;")]
    [InlineData("public long Id; public int Low, High;")]
    [InlineData("public Guid Id; public byte A, B, C, D;")]
    [InlineData("public byte A; public fixed byte Name[7]; public long Id;")]
    [InlineData("public byte A; public static long Id; public byte B;")]
    [InlineData("public Int128 Wide; public long Low; public TimeSpan Span;")]
    [InlineData("public Inner Inner; public int Id;", "[Spliceable] public partial struct Inner { public int Id; }")]
    public Task NoBytesLeft_NotReported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("[Spliceable, StructLayout(LayoutKind.Sequential, Pack = 1)] public partial struct Record { public byte Tag; public long Id; }")]
    [InlineData("[Spliceable, StructLayout(LayoutKind.Sequential, Size = 12)] public partial struct Record { public long A; public int B; }")]
    [InlineData("public struct Other { public byte Tag; public int Id; }")]
    public Task PackedOrNotMarked_NotReported(string source)
        => ContractTest.VerifyAsync(Id, "using System.Runtime.InteropServices;\n" + source);

    [Theory]
    [InlineData(
        "public byte [|Tag|]; public int Id; public short A; public byte B;",
        "'Record' has 3 bytes of padding after 'Tag', before 'Id', where old memory of this process would reach the reader; "
            + "order the fields by falling size, or fill it with fields of 3 bytes in all",
        "'Record' has 1 byte of padding after 'B', at the end, where old memory of this process would reach the reader; "
            + "order the fields by falling size, or fill it with a field of 1 byte")]
    [InlineData("public long Id; public byte [|Tag|];",
        "'Record' has 7 bytes of padding after 'Tag', at the end, where old memory of this process would reach the reader; "
            + "fill it with fields of 7 bytes in all", null)]
    public async Task Padding_MessageCountsBytesAndSaysWhatToDo(string members, string first, string? second)
    {
        string marked = second is null ? members : members.Replace("byte B", "byte [|B|]", StringComparison.Ordinal);
        AnalyzerResult result = await ContractTest.VerifyFieldsAsync(Id, marked);
        Assert.Equal(second is null ? [first] : [first, second], result.Messages);
    }

    [Theory]
    [InlineData(16, "remove 'Size = 16', or fill it with a field of 4 bytes")]
    [InlineData(64, "remove 'Size = 64', or fill it with an inline array of 52 bytes")]
    public async Task StatedSize_MessageNamesIt(int size, string wayOut)
    {
        AnalyzerResult result = await ContractTest.VerifyAsync(
            Id,
            $$"""
            using System.Runtime.InteropServices;
            [Spliceable, StructLayout(LayoutKind.Sequential, Size = {{size}})] public partial struct Tick
            {
                public long Time;
                public int [|Size|];
            }
            """);
        Assert.EndsWith(wayOut, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task NestedRecordHasPadding_ReportedOnceAtItsOwnDeclaration()
        => ContractTest.VerifyFieldsAsync(Id, "public Inner Inner;", "[Spliceable] public partial struct Inner { public int Id; public byte [|Tag|]; }");
}
