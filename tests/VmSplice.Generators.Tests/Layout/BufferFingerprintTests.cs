using System.Reflection;
using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>What the two ends of a stream of buffers must agree on, and what they need not.</summary>
public sealed class BufferFingerprintTests
{
    private const string Source = """
        using System;
        public enum Kind : short { A, B }
        [VmSplice.Spliceable] public partial struct Head { public int Id; public float Value; }
        [VmSplice.Spliceable] public partial class Frame
        {
            [VmSplice.Segment] public partial ref Head Head { get; }
            [VmSplice.Segment(Length = 4)] public partial Span<Kind> Row { get; }
            [VmSplice.Segment(MaxLength = 4)] public partial Span<byte> Text { get; }
        }
        """;

    private static readonly ulong s_fingerprint = FingerprintOf(Source);

    [Theory]
    [InlineData("int Id", "int Number")]
    [InlineData("int Id", "uint Id")]
    [InlineData("Head Head", "Head Start")]
    [InlineData("(Length = 4)", "(Length = 5)")]
    [InlineData("(Length = 4)", "(MaxLength = 4)")]
    [InlineData("(MaxLength = 4)", "(MaxLength = 5)")]
    [InlineData("Span<byte>", "Span<sbyte>")]
    [InlineData("Kind : short", "Kind : ushort")]
    [InlineData("A, B }", "B, A }")]
    [InlineData("A, B }", "A, C }")]
    [InlineData("A, B }", "A, B, C }")]
    [InlineData("A, B }", "A, B, C = B }")]
    [InlineData("A, B }", "A, B = 2 }")]
    [InlineData("public enum", "[System.Flags] public enum")]
    [InlineData("public enum", "[VmSplice.OpenEnum] public enum")]
    [InlineData("Span<byte>", "VmSplice.TextSegment")]
    [InlineData("Span<byte>", "VmSplice.CharSegment")]
    [InlineData("Span<byte>", "VmSplice.ListSegment<char>")]
    [InlineData("[VmSplice.Segment] public partial ref Head Head { get; }", "")]
    public void SegmentsChanged_FingerprintDiffers(string from, string to) => Assert.NotEqual(s_fingerprint, FingerprintOf(Replace(from, to)));

    [Theory]
    [InlineData("class Frame", "class Picture")]
    [InlineData("A, B }", "B = 1, A = 0 }")]
    [InlineData("enum Kind", "/* of things */ enum Kind")]
    [InlineData("public partial Span<byte> Text", "internal partial Span<byte> Text")]
    [InlineData("Span<byte>", "VmSplice.ListSegment<byte>")]
    [InlineData("[VmSplice.Segment(Length = 4)]", "public int Sum => 3; [VmSplice.Segment(Length = 4)]")]
    public void NamesOfTypesOrAccessChanged_FingerprintSame(string from, string to) => Assert.Equal(s_fingerprint, FingerprintOf(Replace(from, to)));

    [Fact]
    public void CharactersAsTextOrAsSpan_FingerprintSame()
        => Assert.Equal(FingerprintOf(Replace("Span<byte>", "Span<char>")), FingerprintOf(Replace("Span<byte>", "VmSplice.CharSegment")));

    private static string Replace(string from, string to)
    {
        Assert.Contains(from, Source, StringComparison.Ordinal);
        return Source.Replace(from, to, StringComparison.Ordinal);
    }

    private static ulong FingerprintOf(string source)
    {
        using var loaded = new LoadedAssembly(Generated.From(source).Compilation);
        Type buffer = Assert.Single(loaded.Assembly.GetTypes(), type => type.GetInterface("ISpliceableBuffer`1") is not null);
        return (ulong)typeof(BufferFingerprintTests).GetMethod(nameof(LayoutOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(buffer).Invoke(null, null)!;
    }

    private static ulong LayoutOf<T>()
        where T : class, ISpliceableBuffer<T>
        => T.Layout.Fingerprint;
}
