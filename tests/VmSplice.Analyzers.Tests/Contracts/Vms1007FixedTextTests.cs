using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>VMS1007 on fields that are marked to hold a text.</summary>
public sealed class Vms1007FixedTextTests
{
    private const string Id = "VMS1007";
    private const string Letters = "[InlineArray(8)] public struct Letters { private byte _first; }";

    [Theory]
    [InlineData("[FixedText] public Letters Symbol;", Letters)]
    [InlineData("[FixedText(Truncates = true)] public Letters Symbol { get; set; }", Letters)]
    [InlineData("[FixedText] public fixed char Symbol[4];")]
    public Task Text_NotReported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("[FixedText] public long [|Symbol|];", "",
        "[FixedText] stands on 'Symbol', which is no inline array of 'byte' or 'char'; make it one, or use a 'SpliceText'")]
    [InlineData("[FixedText] public fixed int [|Symbol|][4];", "",
        "[FixedText] stands on 'Symbol', which is no inline array of 'byte' or 'char'; make it one, or use a 'SpliceText'")]
    [InlineData("[FixedText] public Letters [|Symbol|]; public readonly string SymbolText => \"\";", Letters,
        "the text of 'Symbol' needs the name 'SymbolText', which is taken; rename one of them")]
    public async Task WrongField_MessageSaysWayOut(string members, string others, string problem)
        => Assert.Equal($"'Record' cannot be spliced: {problem}", (await ContractTest.VerifyFieldsAsync(Id, members, others)).Message);
}
