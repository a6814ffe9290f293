using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>A set that is said to be open: any number comes through, and builds that know other members can talk.</summary>
public sealed class OpenEnumTests
{
    private const string Enums = """
        using System;
        using System.Runtime.CompilerServices;
        using VmSplice;
        public enum Side : byte { Buy, Sell }
        [Flags] public enum Marks : byte { A = 1, B = 2 }
        [InlineArray(2)] public struct Sides { private Side _first; }
        [InlineArray(2)] public struct OpenSides { [OpenEnum] private Side _first; }
        [InlineArray(2)] public struct Rows { private Sides _first; }
        [Spliceable] public partial struct Inner { [OpenEnum] public Side Side; public byte Rest; }
        """;

    [Theory]
    [InlineData("[OpenEnum] public Side Value;")]
    [InlineData("[OpenEnum] public Marks Value;")]
    [InlineData("[OpenEnum] public Side Value { get; set; }")]
    [InlineData("[field: OpenEnum] public Side Value { get; set; }")]
    [InlineData("[OpenEnum] public Sides Value;")]
    [InlineData("[OpenEnum] public Rows Value;")]
    [InlineData("public OpenSides Value;")]
    [InlineData("public Inner Value;")]
    public void OpenField_AcceptsEveryByte(string field) => AssertOpen($"[Spliceable] public partial struct Record {{ {field} }}");

    [Theory]
    [InlineData("[OpenEnum] public enum Kind : byte { A, B } [Spliceable] public partial struct Record { public Kind Value; }")]
    [InlineData("[OpenEnum, Flags] public enum Kind : byte { A = 1 } [Spliceable] public partial struct Record { public Kind Value; }")]
    [InlineData("[Spliceable] public partial record struct Record([property: OpenEnum] Side Value);")]
    [InlineData("[Spliceable] public partial record struct Record([field: OpenEnum] Side Value);")]
    public void OpenSet_AcceptsEveryByte(string source) => AssertOpen(source);

    /// <summary>The one field, not the enum wherever it stands.</summary>
    [Fact]
    public void OpenFieldBesideClosedOne_OnlyTheClosedIsChecked()
    {
        using LoadedAssembly loaded = Load("[Spliceable] public partial struct Record { [OpenEnum] public Side Open; public Side Closed; }");
        IRecordProbe record = loaded.Record("Record");
        Assert.Equal(-1, record.IndexOfInvalidField([99, 1]));
        Assert.Equal(1, record.IndexOfInvalidField([99, 99]));
    }

    [Theory]
    [InlineData("public enum Kind : short { A, B }", "public enum Kind : short { B, A, C }", true)]
    [InlineData("public enum Kind : short { A, B }", "[Flags] public enum Kind : short { A = 4 }", true)]
    [InlineData("public enum Kind : short { A, B }", "public enum Kind : short;", true)]
    [InlineData("public enum Kind : short { A, B }", "public enum Kind : ushort { A, B }", false)]
    public void OpenSet_FingerprintIsOfTheNumberAlone(string one, string other, bool same)
    {
        const string Record = "[Spliceable] public partial struct Record { [OpenEnum] public Kind Kind; public short Rest; }";
        Assert.Equal(same, FingerprintOf($"{one} {Record}") == FingerprintOf($"{other} {Record}"));
    }

    /// <summary>Whether unknown values may come is a part of what both sides agree on.</summary>
    [Fact]
    public void OpenAndClosedAndNumber_FingerprintsDiffer()
    {
        string[] fields = ["[OpenEnum] public Side Side;", "public Side Side;", "public byte Side;"];
        Assert.Distinct(fields.Select(field => FingerprintOf($"[Spliceable] public partial struct Record {{ {field} }}")));
    }

    [Fact]
    public void MarkOnEnumOrOnField_FingerprintSame()
        => Assert.Equal(
            FingerprintOf("public enum Kind { A } [Spliceable] public partial struct Record { [OpenEnum] public Kind Kind; }"),
            FingerprintOf("[OpenEnum] public enum Kind { A } [Spliceable] public partial struct Record { public Kind Kind; }"));

    /// <summary>The property's mark is not on the field that the other assembly shows.</summary>
    [Fact]
    public void OpenPropertyOfAReferencedRecord_Open()
    {
        Generated library = Generated.From(Generated.Compile([
            """
            namespace Library;
            public enum Side : byte { Buy }
            [VmSplice.Spliceable] public partial struct Inner
            {
                [VmSplice.OpenEnum] public Side Side { get; set; }
            }
            """], "Library"));
        byte[] image = LoadedAssembly.Image(library.Compilation);
        Generated consumer = Generated.From(Generated.Compile([
            """
            [VmSplice.Spliceable] public partial struct Record { public Library.Inner Inner; }
            """], "Consumer", [Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(image)]));
        using var loaded = new LoadedAssembly(consumer.Compilation, image);
        Assert.False(loaded.Record("Record").NeedsValidation);
    }

    [Fact]
    public void OpenSegments_NothingToCheck()
    {
        Generated generated = Generated.From(Enums + """
            [Spliceable] public partial class Frame
            {
                [Segment, OpenEnum] public partial ref Side First { get; }
                [Segment(Length = 4), OpenEnum] public partial Span<Sides> Rows { get; }
                [Segment(Length = 4)] public partial Span<Inner> Inners { get; }
            }
            """).AssertClean("CS1591", "CS0649");
        Assert.Contains("segment) => -1;", generated.Files.Single(file => file.HintName.StartsWith("Frame", StringComparison.Ordinal)).SourceText.ToString(),
            StringComparison.Ordinal);
    }

    private static void AssertOpen(string source)
    {
        using LoadedAssembly loaded = Load(source);
        Assert.False(loaded.Record("Record").NeedsValidation);
    }

    private static ulong FingerprintOf(string source)
    {
        using LoadedAssembly loaded = Load(source);
        return loaded.Record("Record").Layout.Fingerprint;
    }

    private static LoadedAssembly Load(string source)
        => new(Generated.From(Enums + "\n" + source).AssertClean("CS1591", "CS0649").Compilation);
}
