using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>Another source generator beside ours: neither sees what the other writes, and the compiler sees both.</summary>
public sealed class Vms1010UnseenFieldsTests
{
    private const string Id = "VMS1010";

    [Theory]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct [|Point|]
        {
            [FieldOffset(0)] public long At;
        }
        """,
        """
        partial struct Point { [System.Runtime.InteropServices.FieldOffset(8)] public long Extra; }
        """)]
    [InlineData("[Spliceable] public readonly partial struct [|OrderId|];", "partial struct OrderId { private readonly long _value; }")]
    [InlineData("[Spliceable] public partial struct [|OrderId|] { }",
        """
        partial struct OrderId
        {
            public long Value { get; set; }
            public int Second;
            public int Third;
        }
        """)]
    [InlineData("[Spliceable] public partial struct [|Order|] { public Side Side; }", "public enum Side { Buy, Sell }")]
    [InlineData(
        """
        [Spliceable] public partial struct [|Order|] { public int Id; public Rows Rows; }
        [InlineArray(4)] public partial struct Rows { }
        """,
        "partial struct Rows { private int _first; }")]
    [InlineData("public partial struct [|Order|] { public long Id; }", "[VmSplice.Spliceable] partial struct Order { }")]
    [InlineData(
        """
        [Spliceable] public partial struct [|Inner|] { }
        [Spliceable] public partial struct Outer { public Inner Inner; public int Rest; }
        """,
        "partial struct Inner { public int Value; }")]
    public Task PartOfTheLayoutIsGenerated_Reported(string source, string generated) => VerifyAsync(source, generated);

    [Theory]
    [InlineData("[Spliceable] public partial struct Point { public long At; }",
        """
        partial struct Point { public readonly long Twice => At * 2; public static long Zero; }
        """)]
    [InlineData("[Spliceable] public partial struct Point { public long At; }", "public struct Other { public long Extra; }")]
    [InlineData("[Spliceable] public partial struct Point { public long At; }",
        """
        partial struct Point : System.IEquatable<Point>
        {
            public readonly bool Equals(Point other) => At == other.At;
            public override readonly bool Equals(object? other) => false;
            public override readonly int GetHashCode() => 0;
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial class Frame { [Segment] public partial ref long At { get; } }
        """,
        """
        partial class Frame { private int _count; public int Count => _count++; }
        """)]
    [InlineData(
        """
        [Spliceable] public partial struct Order { public Side Side; }
        public enum Side { Buy, Sell }
        """,
        """
        public static class Names { public static string Of(this Side side) => side.ToString(); }
        """)]
    [InlineData(
        """
        [Spliceable] public partial struct Outer { public Inner Inner; }
        [Spliceable] public partial struct Inner { public int Id; }
        """,
        """
        partial struct Inner { public const int Most = 3; }
        partial struct Outer { public void Clear() => this = default; }
        """)]
    [InlineData("public partial struct Plain { }", "partial struct Plain { public string Name; }")]
    public Task OtherGeneratorAddsNoField_NotReported(string source, string generated) => VerifyAsync(source, generated);

    /// <summary>What else is wrong with a field in a generated file is said where the user can see it.</summary>
    [Theory]
    [InlineData("[Spliceable] public partial struct {|VMS1002:Order|} { public long Id; }", "partial struct Order { public string Name; }")]
    [InlineData("[Spliceable] public partial struct {|VMS1003:Order|} { public long Id; }", "partial struct Order { private long _more; }")]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct {|VMS1003:Order|}
        {
            [FieldOffset(0)] public long Id;
        }
        """,
        """
        partial struct Order { [System.Runtime.InteropServices.FieldOffset(12)] private int _more; }
        """)]
    [InlineData("[Spliceable] public partial struct {|VMS1005:Order|} { }", "partial struct Order { private nint _value; }")]
    [InlineData("[Spliceable] public partial struct {|VMS1006:Order|} { }", "partial struct Order { private System.DateTime _value; }")]
    public Task WrongFieldIsGenerated_ItsRuleAtTheUsersPart(string source, string generated)
        // Where a string comes into an unmanaged type the compiler has its own word.
        => AnalyzerTest.VerifyAsync<SpliceableContractAnalyzer>(Usings + source, OptionsFor(generated, "Added") with { AllowCompilerErrors = true });

    /// <summary>Nothing of the type is the user's: both are said, one in the other generator's file.</summary>
    [Fact]
    public async Task NestedRecordIsWhollyGenerated_BothReported()
    {
        AnalyzerTestOptions options = OptionsFor("[VmSplice.Spliceable] public partial struct Inner { public int Value; }", "Added");
        Compilation compilation = TestCompilation.Create("[Spliceable] public partial struct Outer { public Inner Inner; }", options);
        Assert.Equal([Id, Id], (await AnalyzerRun.DiagnosticsOfAsync(compilation, options, new SpliceableContractAnalyzer())).Select(one => one.Id));
    }

    [Theory]
    [InlineData("Added")]
    [InlineData("OrderId.g.cs")]
    [InlineData("Sub/OrderId")]
    public Task NameOfTheGeneratedFile_IsOfNoMatter(string hintName)
        => AnalyzerTest.VerifyAsync<SpliceableContractAnalyzer>(
            Usings + "[Spliceable] public readonly partial struct [|OrderId|];",
            OptionsFor("partial struct OrderId { private readonly long _value; }", hintName));

    [Theory]
    [InlineData("[Spliceable] public readonly partial struct [|OrderId|];", "partial struct OrderId { private readonly long _value; }",
        "The layout of 'OrderId' was generated without '_value', which another source generator adds: no generator sees another's output; "
            + "declare the fields yourself")]
    [InlineData("[Spliceable] public partial struct [|Order|] { public Side Side; }", "public enum Side { Buy }",
        "The layout of 'Order' was generated without the type of 'Side', which another source generator adds: no generator sees another's output; "
            + "declare that type yourself")]
    public async Task GeneratedPart_MessageNamesItAndTheWayOut(string source, string generated, string message)
        => Assert.Equal(message, (await VerifyAsync(source, generated)).Message);

    /// <summary>In an editor generators may run more rarely than rules: an old layout beside new fields is no other generator.</summary>
    [Fact]
    public async Task LayoutOfAnEarlierText_NotReported()
    {
        Compilation before = TestCompilation.Create("[Spliceable] public partial struct Order { public long Id; }", AnalyzerTestOptions.Default);
        SyntaxTree[] generated = [.. before.SyntaxTrees.Where(tree => tree.FilePath[0] != '/')];
        Assert.Single(generated);
        Compilation compilation = TestCompilation
            .Create(
                """
                [Spliceable] public partial struct Order { public long Id; public long Price; }
                """,
                AnalyzerTestOptions.Default with { RunGenerator = false })
            .AddSyntaxTrees(generated);
        TestCompilation.AssertNoErrors(compilation, "The edited source");
        Assert.Empty(await AnalyzerRun.DiagnosticsOfAsync(compilation, AnalyzerTestOptions.Default, new SpliceableContractAnalyzer()));
    }

    /// <summary>A text template's output is seen by the generator: what is wrong there must be said there, since nothing works.</summary>
    [Fact]
    public async Task WrongTypeInACheckedInGeneratedFile_Reported()
    {
        Compilation compilation = TestCompilation.Create(
            """
            // <auto-generated/>
            #nullable enable
            using VmSplice;
            [Spliceable] public partial struct Order { public byte Tag; public int Id; }
            """,
            AnalyzerTestOptions.Default);
        Assert.Equal(["VMS1004"],
            (await AnalyzerRun.DiagnosticsOfAsync(compilation, AnalyzerTestOptions.Default, new SpliceableContractAnalyzer())).Select(one => one.Id));
    }

    private const string Usings = "using System.Runtime.CompilerServices; using System.Runtime.InteropServices; ";

    private static Task<AnalyzerResult> VerifyAsync(string source, string generated)
        => AnalyzerTest.VerifyAsync<SpliceableContractAnalyzer>(Usings + source, OptionsFor(generated, "Added"));

    private static AnalyzerTestOptions OptionsFor(string generated, string hintName)
        => new() { Id = Id, OtherGenerators = [new OtherGenerator(generated, hintName)] };
}
