using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Output;

/// <summary>Where the input is wrong, nothing is generated, nothing reported and nothing thrown; the analyzer speaks.</summary>
public sealed class WrongDeclarationTests
{
    [Theory]
    [InlineData("[VmSplice.Spliceable] struct Record { int Id; }")]
    [InlineData("[VmSplice.Spliceable] partial struct Record { string Name; }")]
    [InlineData("[VmSplice.Spliceable] partial struct Record { byte Tag; int Id; }")]
    [InlineData("[VmSplice.Spliceable] partial struct Record { }")]
    [InlineData("[VmSplice.Spliceable] partial struct Record<T> { int Id; }")]
    [InlineData("[VmSplice.Spliceable] partial class Record { int Id; }")]
    [InlineData("[VmSplice.Spliceable] file partial struct Record { int Id; }")]
    [InlineData("[VmSplice.Spliceable] partial struct Record { Unknown Id; }")]
    [InlineData("[VmSplice.Spliceable] partial struct Record { Record Id; }")]
    [InlineData("[VmSplice.Spliceable] partial struct A { B Id; } [VmSplice.Spliceable] partial struct B { A Id; }")]
    [InlineData("[VmSplice.Spliceable] partial struct { int Id; }")]
    [InlineData("[VmSplice.Spliceable] partial interface Record { }")]
    [InlineData("[VmSplice.Spliceable] enum Record { A }")]
    [InlineData("[VmSplice.Spliceable] delegate void Record();")]
    [InlineData("[VmSplice.Spliceable(3)] partial struct Record { string Name; }")]
    [InlineData("[System.Runtime.InteropServices.StructLayout] [VmSplice.Spliceable] partial struct Record { string Id; }")]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(0)] [VmSplice.Spliceable] partial struct Record { int Id; }")]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(2)] [VmSplice.Spliceable] partial struct Record { int Id; int Other; }")]
    [InlineData("[VmSplice.Spliceable] unsafe partial struct Record { fixed int Values[-1]; }")]
    [InlineData("[VmSplice.Spliceable] unsafe partial struct Record { fixed int Values[]; }")]
    [InlineData("enum E : Unknown { A } [VmSplice.Spliceable] partial struct Record { string Name; E Kind; }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment] ref int Id => throw null; }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment] partial System.Span<int> Row { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment] partial ref string Name { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment] partial ref Unknown Id { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment(Length = Unknown)] partial System.Span<int> Row { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment(Length = 3)] partial System.Span<Unknown> Row { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame<T> { [VmSplice.Segment] partial ref int Id { get; } }")]
    [InlineData("[VmSplice.Spliceable] class Frame { [VmSplice.Segment] partial ref int Id { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment] partial ref Part Id { get; } } [VmSplice.Spliceable] partial struct Part { string Name; }")]
    public void WrongDeclaration_NothingGenerated(string source) => Assert.Empty(Generated.From(source).Files);

    [Fact]
    public void AttributeOnTwoParts_OneFile()
        => Assert.Single(Generated.From("[VmSplice.Spliceable] partial struct Record { int Id; }", "[VmSplice.Spliceable] partial struct Record { }").Files);

    [Theory]
    [InlineData("[VmSplice.Spliceable] partial struct Record { int Id")]
    [InlineData("[VmSplice.Spliceable] partial struct Record { int Id; int Id; }")]
    [InlineData("[VmSplice.Spliceable] partial struct Record { int Id; } [VmSplice.Spliceable] struct Record { int Id; }")]
    [InlineData("partial class { [VmSplice.Spliceable] partial struct Record { int Id; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment] partial ref int")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment(] partial ref int Id { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment] partial ref int Id { get; } [VmSplice.Segment] partial ref int Id { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class { [VmSplice.Segment] partial ref int Id { get; } }")]
    [InlineData("[VmSplice.Spliceable] partial class Frame { [VmSplice.Segment] partial ref int Id { get; } partial ref int Id => throw null; }")]
    public void BrokenWhileTyping_NoCrash(string source)
        => Assert.InRange(Generated.From(source).Files.Length, 0, 1);

    [Fact]
    public void OneWrongAmongRight_OthersGenerated()
        => Assert.Single(Generated.From("[VmSplice.Spliceable] partial struct Good { int Id; }", "[VmSplice.Spliceable] partial struct Bad { string Name; }").Files);
}
