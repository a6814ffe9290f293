using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>Nested records of another assembly: their layout attributes exist in metadata only, their fields may be private.</summary>
public sealed class ReferencedAssemblyTests
{
    private const string Library = """
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using VmSplice;
        namespace Library;
        public enum Kind : byte { None, Data = 4 }
        [Spliceable] public partial struct Plain { private int _id; private Kind _kind; public bool Open { get; set; } private readonly short _rest; }
        [Spliceable, StructLayout(LayoutKind.Sequential, Pack = 1)] public partial record struct Packed(byte Head, long Tail);
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Swapped
        {
            [FieldOffset(4)] public int Second;
            [FieldOffset(0)] private float _first;
        }
        [InlineArray(3)] public struct Three { private Kind _first; }
        [StructLayout(LayoutKind.Sequential)] public unsafe struct NotMarked { public fixed short Values[2]; }
        [Spliceable] public partial struct Seeded(int seed) { public int Id = seed; public readonly string Name => nameof(seed) + Id; }
        [Spliceable] public unsafe partial struct Buffer { public fixed short Values[5]; public Three Kinds; private byte _end; }
        """;

    private const string Consumer = """
        using VmSplice;
        using Library;
        [Spliceable] public partial struct Record
        {
            public Plain Plain;
            public Swapped Swapped;
            public Buffer Buffer;
            public Packed Packed;
            public byte A;
            public Seeded Seeded;
            public short B;
            public short C;
        }
        """;

    private static readonly Generated s_library = Generated.From(Generated.Compile([Library], "Library"));

    [Fact]
    public void MetadataReference_LayoutIsTheRuntimes()
    {
        byte[] image = LoadedAssembly.Image(s_library.Compilation);
        Generated consumer = Consume(MetadataReference.CreateFromImage(image));
        using var loaded = new LoadedAssembly(consumer.AssertClean("CS1591").Compilation, image);
        AssertRealLayout(loaded);
    }

    [Fact]
    public void CompilationReference_LayoutIsTheRuntimes()
    {
        Generated consumer = Consume(s_library.Compilation.ToMetadataReference());
        using var loaded = new LoadedAssembly(consumer.AssertClean("CS1591").Compilation, LoadedAssembly.Image(s_library.Compilation));
        AssertRealLayout(loaded);
    }

    /// <summary>As when the library was compiled for another framework: the compiler then wraps its symbols.</summary>
    [Fact]
    public void RetargetedCompilationReference_LayoutIsTheRuntimes()
    {
        CSharpCompilation before = Generated.Compile([Consumer], "Consumer");
        Generated consumer = Generated.From(before.WithReferences(
            [.. References.Load(), s_library.Compilation.ToMetadataReference()]));
        using var loaded = new LoadedAssembly(consumer.AssertClean("CS1591").Compilation, LoadedAssembly.Image(s_library.Compilation));
        AssertRealLayout(loaded);
    }

    [Fact]
    public void ReferenceAssembly_LayoutIsTheRuntimes()
    {
        using var metadata = new MemoryStream();
        Compilation relaxed = s_library.Compilation.WithOptions(s_library.Compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
        Assert.True(relaxed.Emit(metadata, options: new(metadataOnly: true, includePrivateMembers: false)).Success);
        Generated consumer = Consume(MetadataReference.CreateFromImage(metadata.ToArray()));
        using var loaded = new LoadedAssembly(consumer.AssertClean("CS1591").Compilation, LoadedAssembly.Image(s_library.Compilation));
        AssertRealLayout(loaded);
    }

    /// <summary>Not even a stub: nothing in this build says what is wrong, and with one it would succeed.</summary>
    [Fact]
    public void NestedRecordWithHiddenField_NothingGenerated()
    {
        Generated library = Generated.From(Generated.Compile(
            [
                """
                namespace Library;
                [VmSplice.Spliceable] public partial struct Plain(int seed)
                {
                    public int Id;
                    public readonly int Sum => Id + seed;
                }
                """], "Library"));
        CSharpCompilation before = Generated.Compile(
            ["[VmSplice.Spliceable] public partial struct Record { public Library.Plain Plain; }"], "Consumer", [library.Compilation.ToMetadataReference()]);
        Assert.Empty(Generated.From(before).Files);
    }

    [Fact]
    public void CompiledWithoutGenerator_Stub()
    {
        Generated consumer = Consume(MetadataReference.CreateFromImage(LoadedAssembly.Image(s_library.Before)));
        Assert.Contains("A stub for Record", consumer.Text, StringComparison.Ordinal);
    }

    private static Generated Consume(MetadataReference library)
        => Generated.From(Generated.Compile([Consumer], "Consumer", [library]));

    private static void AssertRealLayout(LoadedAssembly loaded)
    {
        IRecordProbe record = loaded.Record("Record");
        Type type = loaded.Assembly.GetType("Record")!;
        Assert.Equal(record.RealSize, record.Layout.Size);
        Assert.Contains(record.Layout.Fields, leaf => leaf.Name == "Plain._kind");
        Assert.Contains(record.Layout.Fields, leaf => leaf.Name == "Plain.Open");
        Assert.Contains(record.Layout.Fields, leaf => leaf.Name == "Buffer.Values" && leaf.Type == "short[5]");
        Assert.All(record.Layout.Fields, leaf => Assert.Equal(RealLayout.OfPath(type, leaf.Name), (leaf.Offset, leaf.Size)));
    }
}
