using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>What two processes must agree on, and what they need not.</summary>
public sealed class FingerprintTests
{
    private const string Source = """
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        public enum Kind : short { A, B }
        [VmSplice.Spliceable] public partial struct Inner { public short Low; public Kind Kind; }
        [InlineArray(2)] public struct Inners { private Inner _first; }
        [VmSplice.Spliceable] public unsafe partial struct Record
        {
            public int Id; public float Value;
            public Inner Inner;
            public Inners Inners;
            public fixed short Row[2];
        }
        """;

    private static readonly ulong s_fingerprint = FingerprintOf(Source);

    [Theory]
    [InlineData("int Id", "int Number")]
    [InlineData("int Id", "uint Id")]
    [InlineData("int Id", "float Id")]
    [InlineData("public int Id; public float Value;", "public float Value; public int Id;")]
    [InlineData("public fixed short Row[2];", "public fixed short Row[4];")]
    [InlineData("public fixed short Row[2];", "public fixed byte Row[4];")]
    [InlineData("public fixed short Row[2];", "public int Row;")]
    [InlineData("short Low", "ushort Low")]
    [InlineData("Kind Kind; }", "Kind Sort; }")]
    [InlineData("Kind : short", "Kind : ushort")]
    [InlineData("A, B }", "B, A }")]
    [InlineData("A, B }", "A, C }")]
    [InlineData("A, B }", "A, B, C }")]
    [InlineData("A, B }", "A, B, C = B }")]
    [InlineData("A, B }", "A, B = 2 }")]
    [InlineData("public enum", "[System.Flags] public enum")]
    [InlineData("public enum", "[VmSplice.OpenEnum] public enum")]
    [InlineData("InlineArray(2)", "InlineArray(3)")]
    public void LayoutChanged_FingerprintDiffers(string from, string to)
        => Assert.NotEqual(s_fingerprint, FingerprintOf(Replace(from, to)));

    [Theory]
    [InlineData("partial struct Record", "partial struct @struct")]
    [InlineData("A, B }", "B = 1, A = 0 }")]
    [InlineData("enum Kind", "/* of things */ enum Kind")]
    [InlineData("public int Id;", "private int Id;")]
    [InlineData("public int Id;", "public int Id { get; set; }")]
    [InlineData("public int Id;", "public static int Count; public int Id;")]
    [InlineData("[VmSplice.Spliceable] public unsafe", "[VmSplice.Spliceable, StructLayout(LayoutKind.Sequential, Pack = 2)] public unsafe")]
    public void NamesOfTypesOrAccessChanged_FingerprintSame(string from, string to)
        => Assert.Equal(s_fingerprint, FingerprintOf(Replace(from, to)));

    [Fact]
    public void EnumAndNestedRecordRenamed_FingerprintSame()
        => Assert.Equal(s_fingerprint, FingerprintOf(Source
            .Replace("Kind :", "Sort :", StringComparison.Ordinal)
            .Replace("Kind Kind", "Sort Kind", StringComparison.Ordinal)
            .Replace("struct Inner ", "struct Part ", StringComparison.Ordinal)
            .Replace("Inner Inner;", "Part Inner;", StringComparison.Ordinal)
            .Replace("Inner _first", "Part _first", StringComparison.Ordinal)));

    /// <summary>The layout of an item is the same, and its place in a block is not.</summary>
    [Theory]
    [InlineData("Item", "[StructLayout(LayoutKind.Sequential, Pack = 4)]")]
    [InlineData("Item", "[StructLayout(LayoutKind.Sequential, Pack = 1)]")]
    [InlineData("Inner", "[StructLayout(LayoutKind.Sequential, Pack = 4)]")]
    public void ListOfItemsThatPackAlignsToLess_FingerprintDiffers(string packed, string layout)
        => Assert.NotEqual(FingerprintOf(ListOf("", packed)), FingerprintOf(ListOf(layout, packed)));

    [Fact]
    public void PackThatChangesNoAlignment_FingerprintSame()
        => Assert.Equal(FingerprintOf(ListOf("", "Item")), FingerprintOf(ListOf("[StructLayout(LayoutKind.Sequential, Pack = 8)]", "Item")));

    private static string ListOf(string layout, string packed) => $$"""
        using System.Runtime.InteropServices;
        {{(packed == "Inner" ? layout : "")}} [VmSplice.Spliceable] public partial struct Inner { public long Time; }
        {{(packed == "Item" ? layout : "")}} [VmSplice.Spliceable] public partial struct Item { public Inner Inner; public double Value; }
        [VmSplice.Spliceable] public partial struct Record { public VmSplice.SpliceList<{{(packed == "Inner" ? "Inner" : "Item")}}> Items; }
        """;

    [Fact]
    public void RecordOfOneInt_FingerprintIsTheDocumentedOne()
    {
        // FNV-1a over "4\n0 4 int Id\n": computed here a second time, so that a change of the rule is noticed.
        ulong expected = 0xcbf29ce484222325;
        foreach (byte b in "4\n0 4 int Id\n"u8)
        {
            expected = unchecked((expected ^ b) * 0x100000001b3);
        }

        Assert.Equal(expected, FingerprintOf("[VmSplice.Spliceable] public partial struct Record { public int Id; }"));
    }

    private static string Replace(string from, string to)
    {
        Assert.Contains(from, Source, StringComparison.Ordinal);
        return Source.Replace(from, to, StringComparison.Ordinal);
    }

    private static ulong FingerprintOf(string source)
    {
        using var loaded = new LoadedAssembly(Generated.From(source).Compilation);
        string name = source.Contains("@struct", StringComparison.Ordinal) ? "struct" : "Record";
        return loaded.Record(name).Layout.Fingerprint;
    }
}
