using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Generators.Model;
using VmSplice.Generators.Parsing;
using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Pipeline;

/// <summary>Models are values: equal when parsed twice, and free of everything that belongs to a compilation.</summary>
public sealed class ModelPurityTests
{
    private const string Source = """
        using System.Runtime.CompilerServices;
        namespace Demo;
        public enum Side : byte { Buy = 1, Sell = 7 }
        [System.Flags] public enum Marks : byte { A = 1 }
        [VmSplice.Spliceable] public partial struct Inner { public Side Side; public bool Open; public Marks Marks; public byte Rest; }
        [InlineArray(3)] public struct Inners { private Inner _first; }
        public partial class Outer
        {
            [VmSplice.Spliceable] public partial class Frame
            {
                [VmSplice.Segment] public partial ref Inner Inner { get; }
                [VmSplice.Segment(MaxLength = 7)] internal partial System.Span<Side> Sides { get; }
                [VmSplice.Segment(Length = 3)] public partial System.Span<Inners> Inners { get; }
            }

            [VmSplice.Spliceable] public unsafe partial struct Tick { public Inners Inners; public Inner Inner; public fixed int Values[4]; }
        }
        """;

    [Fact]
    public void ParsedTwice_EqualButNotTheSame()
    {
        RecordModel first = Parse();
        RecordModel second = Parse();
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotSame(first, second);
    }

    [Theory]
    [InlineData("Sell = 7", "Sell = 8")]
    [InlineData("Values[4]", "Values[5]")]
    [InlineData("Inners Inners;", "Inners Older;")]
    [InlineData("partial class Outer", "partial record Outer")]
    [InlineData("public bool Open", "public byte Open")]
    public void ParsedAfterChange_NotEqual(string from, string to)
        => Assert.NotEqual(Parse(), Parse(Source.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void BufferParsedTwice_EqualButNotTheSame()
    {
        BufferModel first = ParseBuffer();
        BufferModel second = ParseBuffer();
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotSame(first, second);
    }

    [Theory]
    [InlineData("Sell = 7", "Sell = 8")]
    [InlineData("MaxLength = 7", "MaxLength = 8")]
    [InlineData("(Length = 3)", "(MaxLength = 3)")]
    [InlineData("Span<Side> Sides", "Span<Side> Others")]
    [InlineData("internal partial System.Span", "protected partial System.Span")]
    [InlineData("partial ref Inner Inner", "partial ref Inner Head")]
    public void BufferParsedAfterChange_NotEqual(string from, string to)
        => Assert.NotEqual(ParseBuffer(), ParseBuffer(Source.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void GraphOfBufferModel_HoldsNothingOfRoslyn()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(ParseBuffer(), nameof(BufferModel), seen);
        Assert.Contains(seen, value => value is SegmentModel);
        Assert.Contains(seen, value => value is ValueRange);
    }

    [Fact]
    public void GraphOfModel_HoldsNothingOfRoslyn()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(Parse(), nameof(RecordModel), seen);
        // The walk must have come as far as the ranges of an enum within an array within a nested record.
        Assert.Contains(seen, value => value is ValueRange);
        Assert.Contains(seen, value => value is Repeat);
    }

    private const string WrongSource = """
        namespace Demo;
        public partial class Outer<T>
        {
            [VmSplice.Spliceable] public partial class Frame
            {
                [VmSplice.Segment(MaxLength = 7)] internal partial System.Span<string> Names { get; private set; }
                [VmSplice.Segment] public partial ref T Value { get; }
            }
        }
        """;

    [Fact]
    public void StubParsedTwice_EqualButNotTheSame()
    {
        StubModel first = ParseStub(WrongSource);
        StubModel second = ParseStub(WrongSource);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotSame(first, second);
    }

    [Theory]
    [InlineData("private set", "set")]
    [InlineData("internal partial", "public partial")]
    [InlineData("ref T Value", "ref readonly T Value")]
    [InlineData("Outer<T>", "Outer<T, U>")]
    [InlineData("MaxLength = 7", "Length = 7")]
    [InlineData("[VmSplice.Segment] public", "public int State; [VmSplice.Segment] public")]
    [InlineData("[VmSplice.Segment] public", "public void Dispose() { } [VmSplice.Segment] public")]
    public void StubParsedAfterChange_NotEqual(string from, string to)
        => Assert.NotEqual(ParseStub(WrongSource), ParseStub(WrongSource.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void GraphOfStubModel_HoldsNothingOfRoslyn()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(ParseStub(WrongSource), nameof(StubModel), seen);
        Assert.Contains(seen, value => value is StubProperty);
    }

    private static StubModel ParseStub(string source)
    {
        CSharpCompilation compilation = Generated.Compile([source]);
        StubModel? model = StubParser.OfBuffer((INamedTypeSymbol)compilation.GetSymbolsWithName("Frame").Single(), compilation, CancellationToken.None);
        Assert.NotNull(model);
        return model;
    }

    private static RecordModel Parse(string source = Source)
    {
        CSharpCompilation compilation = Generated.Compile([source]);
        RecordModel? model = RecordParser.Parse(compilation.GetTypeByMetadataName("Demo.Outer+Tick")!, compilation, [], CancellationToken.None);
        Assert.NotNull(model);
        return model;
    }

    private static BufferModel ParseBuffer(string source = Source)
    {
        CSharpCompilation compilation = Generated.Compile([source]);
        BufferModel? model = BufferParser.Parse(compilation.GetTypeByMetadataName("Demo.Outer+Frame")!, compilation, [], CancellationToken.None);
        Assert.NotNull(model);
        return model;
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } || !seen.Add(value) || seen.Count > 10_000)
        {
            return;
        }

        Type type = value.GetType();
        Assert.False(
            type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal),
            $"{path} is a {type}.");
        if (type == typeof(decimal) || type.IsEnum)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            int index = 0;
            foreach (object? item in items)
            {
                Walk(item, $"{path}[{index++}]", seen);
            }
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
        }
    }
}
