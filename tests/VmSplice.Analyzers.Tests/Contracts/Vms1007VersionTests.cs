using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>VMS1007 on fields of later versions.</summary>
public sealed class Vms1007VersionTests
{
    private const string Id = "VMS1007";

    [Theory]
    [InlineData("public long Id; [Since(2)] public long Size;")]
    [InlineData("public long Id; [Since(2)] public int Size; [Since(2, Default = 5)] public int Rank; [Since(7)] public SpliceText Text;")]
    [InlineData("public long Id { get; set; } [Since(2, Default = Kind.B)] public Kind Kind { get; set; }", "public enum Kind : long { B = 7 }")]
    [InlineData("public long Id; [Since(2)] public Kind Kind;", "[System.Flags] public enum Kind : long { A = 1, B = 2 }")]
    [InlineData("public int Id; [Since(2, Default = 200)] public byte A; [Since(2)] public byte B; [Since(2)] public short C; [Since(3)] public int D;")]
    public Task FieldsOfLaterVersions_NotReported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("[Since(2)] public long [|Id|];", "", "its first field is of a later version, so there was none before; remove [Since] from it")]
    [InlineData("public long Id; [Since(1)] public long [|Size|];", "", "'Size' has [Since(1)], and later versions begin with 2")]
    [InlineData("public long Id; [Since(-3)] public long [|Size|];", "", "'Size' has [Since(-3)], and later versions begin with 2")]
    [InlineData("public long Id; [Since(3)] public long Size; [Since(2)] public long [|Rank|];", "",
        "'Rank', of version 2, stands behind a field of version 3; append fields of later versions behind all others")]
    [InlineData("public long Id; [Since(2)] public long Size; public long [|Rank|];", "",
        "'Rank', of version 1, stands behind a field of version 2; append fields of later versions behind all others")]
    [InlineData("public long Id; [Since(2, Default = 3000000000)] public int [|Size|]; [Since(2)] public int Rank;", "",
        "the Default of 'Size' is no value of 'int' that an attribute can say; correct it, or remove it for zeros")]
    [InlineData("public long Id; [Since(2, Default = \"a\")] public long [|Size|];", "",
        "the Default of 'Size' is no value of 'long' that an attribute can say; correct it, or remove it for zeros")]
    [InlineData("public long Id; [Since(2, Default = 1)] public SpliceText [|Text|];", "",
        "the Default of 'Text' is no value of 'SpliceText' that an attribute can say; correct it, or remove it for zeros")]
    [InlineData("public long Id; [Since(2)] public Kind [|Kind|];", "public enum Kind : long { A = 1 }",
        "'Kind' needs a Default in its [Since], because zero is no value of 'Kind'")]
    [InlineData("public long Id; public int Size; [Since(2)] public int [|Rank|];", "",
        "version 1 of it would have padding at its end, so no build of it can exist; let its fields fill it")]
    public async Task WrongVersions_MessageSaysWayOut(string members, string others, string problem)
        => Assert.Equal($"'Record' cannot be spliced: {problem}", (await ContractTest.VerifyFieldsAsync(Id, members, others)).Message);
}
