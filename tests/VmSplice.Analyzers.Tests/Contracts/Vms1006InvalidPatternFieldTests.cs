using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1006InvalidPatternFieldTests
{
    private const string Id = "VMS1006";

    [Theory]
    [InlineData("public decimal [|Price|];")]
    [InlineData("public DateTime [|Time|];")]
    [InlineData("public DateTimeOffset [|Time|];")]
    [InlineData("public DateOnly [|Day|] { get; set; }")]
    [InlineData("public TimeOnly [|Time|];")]
    [InlineData("public System.Text.Rune [|Letter|];")]
    [InlineData("public long Id; private readonly DateTime [|_from|], [|_to|];")]
    [InlineData("public Days [|Days|];", "[InlineArray(7)] public struct Days { private DateOnly _first; }")]
    public Task SomePatternsInvalid_Reported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("public TimeSpan Time;")]
    [InlineData("public Guid Id;")]
    [InlineData("public DayOfWeek Day; public bool Open; public byte A, B, C;")]
    [InlineData("public Int128 Price;")]
    [InlineData("public long Ticks; public readonly DateTime Time => new(Ticks);")]
    [InlineData("public char Letter; public Half Small;")]
    [InlineData("public int Id; public static decimal Price;")]
    public Task AnyPatternValidOrValidated_NotReported(string members) => ContractTest.VerifyFieldsAsync(Id, members);

    [Theory]
    [InlineData("public decimal [|Price|];",
        "'Price' is 'decimal', some of whose bit patterns are not valid; store a 'long' or 'Int128' that counts the smallest unit")]
    [InlineData("public DateTime [|Time|];", "'Time' is 'DateTime', some of whose bit patterns are not valid; store a 'long' with DateTime.ToBinary()")]
    [InlineData("public DateOnly [|Day|];", "'Day' is 'DateOnly', some of whose bit patterns are not valid; store an 'int' with DateOnly.DayNumber")]
    public async Task SomePatternsInvalid_MessageNamesReplacement(string members, string message)
        => Assert.Equal(message, (await ContractTest.VerifyFieldsAsync(Id, members)).Message);

    [Fact]
    public Task OwnTypeOfThatName_NotReported()
        => ContractTest.VerifyAsync(Id,
            """
            namespace Mine
            {
                [Spliceable] public partial struct DateTime { public long Ticks; }
                [Spliceable] public partial struct Record { public DateTime Time; }
            }
            """);
}
