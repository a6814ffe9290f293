using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1009NestedStructNotSpliceableTests
{
    private const string Id = "VMS1009";

    [Theory]
    [InlineData("public Inner [|Inner|];", "public struct Inner { public int Id; }")]
    [InlineData("public Inner [|Inner|] { get; set; }", "public record struct Inner(int Id);")]
    [InlineData("public int? [|Maybe|];")]
    [InlineData("public (int A, int B) [|Pair|];")]
    [InlineData("public System.Numerics.Vector3 [|Position|];")]
    [InlineData("public System.Runtime.Intrinsics.Vector128<int> [|Lanes|];")]
    [InlineData("public Box<int> [|Box|];", "public struct Box<T> { public T Value; }")]
    [InlineData("public Inners [|Inners|];", "public struct Inner { public int Id; } [InlineArray(3)] public struct Inners { private Inner _first; }")]
    [InlineData("public Index [|Index|];")]
    [InlineData("public Big [|Big|];", "[InlineArray(1 << 20)] public struct Big { private short _first; }")]
    [InlineData("public SpliceList<bool> [|Flags|];")]
    [InlineData("public SpliceList<Kind> [|Kinds|];", "public enum Kind { A }")]
    [InlineData("public SpliceList<SpliceText> [|Names|];")]
    [InlineData("public SpliceList<Inner> [|Inners|];", "[Spliceable] public partial struct Inner { public SpliceText Name; }")]
    [InlineData("public Names [|Names|];", "[InlineArray(3)] public struct Names { private SpliceText _first; }")]
    public Task StructNotSpliceable_Reported(string members, string others = "") => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("public Inner Inner;", "[Spliceable] public partial struct Inner { public int Id; }")]
    [InlineData("public Inner Inner { get; set; }", "[Spliceable] public partial record struct Inner(int Id);")]
    [InlineData("public Kind Kind;", "public enum Kind { A }")]
    [InlineData("public Inners Inners;",
        """
        [Spliceable] public partial struct Inner { public int Id; }
        [InlineArray(3)] public struct Inners { private Inner _first; }
        """)]
    [InlineData("public Row<int> Row;", "[InlineArray(3)] public struct Row<T> { private T _first; }")]
    [InlineData("public int Id; public static Inner Inner;", "public struct Inner { public int Id; }")]
    [InlineData("public Guid Id; public Int128 Wide; public TimeSpan Age; public long Rest;", "")]
    [InlineData("public int Id; public readonly (int, int) Pair => (Id, Id);")]
    [InlineData("public SpliceText Text; public SpliceList<int> Numbers;")]
    [InlineData("public Inner Inner;", "[Spliceable] public partial struct Inner { public SpliceText Name; }")]
    [InlineData("public SpliceList<Inner> Inners;", "[Spliceable] public partial struct Inner { public bool Is; public byte Id; }")]
    public Task FieldSpliceable_NotReported(string members, string others = "")
        => ContractTest.VerifyFieldsAsync(Id, members, others);

    [Theory]
    [InlineData("public Inner [|Inner|];", "public struct Inner { public int Id; }", "'Inner' is 'Inner', which is not spliceable; mark 'Inner' [Spliceable]")]
    [InlineData("public int? [|Maybe|];", "",
        "'Maybe' is 'Nullable<int>', which is not spliceable; store the value and a 'bool' that says whether there is one")]
    [InlineData("public (int, int) [|Pair|];", "",
        "'Pair' is '(int, int)', which is not spliceable; declare a [Spliceable] partial struct with the same fields")]
    [InlineData("public SpliceList<bool> [|Flags|];", "",
        "'Flags' is a list of 'bool', which is not spliceable; a list holds numbers, or a [Spliceable] struct without text or lists of its own")]
    [InlineData("public Names [|Names|];", "[InlineArray(3)] public struct Names { private SpliceText _first; }",
        "'Names' is an array of 'SpliceText', with a text or a list, which is not spliceable; declare a field for each, or one 'SpliceList'")]
    public async Task StructNotSpliceable_MessageSaysWayOut(string members, string others, string message)
        => Assert.Equal(message, (await ContractTest.VerifyFieldsAsync(Id, members, others)).Message);

    [Fact]
    public Task NestedMarkedButWrong_ReportedAtItsOwnDeclaration()
        => ContractTest.VerifyFieldsAsync(Id, "public Inner Inner;", "[Spliceable] public partial struct Inner { public string {|VMS1002:Name|}; }");

    [Fact]
    public Task StructThatHoldsItself_CompilerAlone()
        => ContractTest.VerifyErrorsAllowedAsync(Id, "[Spliceable] public partial struct Record { public Record Inner; }");

    [Fact]
    public Task UnknownTypeWhileTyping_CompilerAlone()
        => ContractTest.VerifyErrorsAllowedAsync(Id, "[Spliceable] public partial struct Record { public Unknown Inner; public int }");

    [Theory]
    [InlineData("public long ;")]
    [InlineData("public fixed int [4];")]
    [InlineData("public long Id, ;")]
    [InlineData("public SpliceList<> Values;")]
    public Task FieldWithoutANameWhileTyping_CompilerAlone(string field)
        => ContractTest.VerifyErrorsAllowedAsync(Id, $"[Spliceable] public unsafe partial struct Record {{ public long First; {field} }}");
}
