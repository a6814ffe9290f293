using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1005PlatformSizedFieldTests
{
    private const string Id = "VMS1005";

    [Theory]
    [InlineData("public nint [|Value|];")]
    [InlineData("public nuint [|Value|];")]
    [InlineData("public IntPtr [|Value|];")]
    [InlineData("public UIntPtr [|Value|] { get; set; }")]
    [InlineData("public CLong [|Value|];")]
    [InlineData("public CULong [|Value|];")]
    [InlineData("public NFloat [|Value|];")]
    [InlineData("public int Id; private readonly nint [|_a|], [|_b|];")]
    [InlineData("public Row [|Row|];", "[InlineArray(4)] public struct Row { private nint _first; }")]
    public Task SizeDependsOnPlatform_Reported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("public long Value;")]
    [InlineData("public ulong Value;")]
    [InlineData("public double Value;")]
    [InlineData("public int Id; public static nint Value;")]
    [InlineData("public int Id; public readonly nint Value => Id;")]
    [InlineData("public int Id; public readonly nint Add(nint other) => Id + other;")]
    [InlineData("public Size Size;", "public enum Size : long { }")]
    public Task SizeFixed_NotReported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("public nint [|Value|];", "'Value' is 'nint', whose size depends on the platform; use 'long'")]
    [InlineData("public nuint [|Value|];", "'Value' is 'nuint', whose size depends on the platform; use 'ulong'")]
    [InlineData("public CLong [|Value|];", "'Value' is 'CLong', whose size depends on the platform; use 'long'")]
    [InlineData("public NFloat [|Value|];", "'Value' is 'NFloat', whose size depends on the platform; use 'double'")]
    public async Task SizeDependsOnPlatform_MessageNamesReplacement(string members, string message)
        => Assert.Equal(message, (await ContractTest.VerifyFieldsAsync(Id, members)).Message);
}
