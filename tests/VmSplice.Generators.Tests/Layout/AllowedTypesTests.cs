using VmSplice.CompilerServices;
using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>Each allowed field type, alone in a record: its size as the runtime has it, its name as C# writes it.</summary>
public sealed class AllowedTypesTests
{
    private const string Declarations = """
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using VmSplice;
        public enum Side : short { Buy, Sell }
        public static class Outer { public enum Kind { A } }
        [Spliceable] public partial struct Inner { public int Id; public Outer.Kind Kind; }
        [InlineArray(3)] public struct Row { private short _first; }
        [InlineArray(2)] public struct Rows { private Row _first; }
        [InlineArray(2)] public struct Inners { private Inner _first; }
        [InlineArray(5)] public struct Many<T> { private T _first; }
        """;

    [Theory]
    [InlineData("sbyte F;", "sbyte F")]
    [InlineData("byte F;", "byte F")]
    [InlineData("short F;", "short F")]
    [InlineData("ushort F;", "ushort F")]
    [InlineData("int F;", "int F")]
    [InlineData("uint F;", "uint F")]
    [InlineData("long F;", "long F")]
    [InlineData("ulong F;", "ulong F")]
    [InlineData("float F;", "float F")]
    [InlineData("double F;", "double F")]
    [InlineData("Half F;", "Half F")]
    [InlineData("Int128 F;", "Int128 F")]
    [InlineData("UInt128 F;", "UInt128 F")]
    [InlineData("char F;", "char F")]
    [InlineData("bool F;", "bool F")]
    [InlineData("Guid F;", "Guid F")]
    [InlineData("TimeSpan F;", "TimeSpan F")]
    [InlineData("Side F;", "Side F")]
    [InlineData("Outer.Kind F;", "Outer.Kind F")]
    [InlineData("Inner F;", "int F.Id", "Outer.Kind F.Kind")]
    [InlineData("Row F;", "short[3] F")]
    [InlineData("Rows F;", "short[2][3] F")]
    [InlineData("Inners F;", "Inner[2] F")]
    [InlineData("Many<Guid> F;", "Guid[5] F")]
    [InlineData("Many<Many<Side>> F;", "Side[5][5] F")]
    [InlineData("fixed ushort F[7];", "ushort[7] F")]
    [InlineData("fixed bool F[3];", "bool[3] F")]
    [InlineData("int F { get; set; }", "int F")]
    [InlineData("readonly long F;", "long F")]
    [InlineData("SpliceText F;", "SpliceText F")]
    [InlineData("SpliceList<int> F;", "SpliceList<int> F")]
    [InlineData("SpliceList<Inner> F;", "SpliceList<Inner> F")]
    [InlineData("SpliceList<Guid> F;", "SpliceList<Guid> F")]
    [InlineData("int A, B; short C { get; } short D { get => field; set => field = value; }", "int A", "int B", "short C", "short D")]
    public void AllowedField_LayoutIsTheRuntimes(string members, params string[] leaves)
    {
        Generated generated = Generated.From($"{Declarations}\n[Spliceable] public unsafe partial struct Record {{ {members} }}");
        using var loaded = new LoadedAssembly(generated.AssertClean("CS0169", "CS0649", "CS1591").Compilation);
        IRecordProbe record = loaded.Record("Record");

        Assert.Equal(leaves, record.Layout.Fields.Select(field => $"{field.Type} {field.Name}"));
        Assert.Equal(record.RealSize, record.Layout.Size);
        Type type = loaded.Assembly.GetType("Record")!;
        Assert.All(record.Layout.Fields, leaf => Assert.Equal(RealLayout.OfPath(type, leaf.Name), (leaf.Offset, leaf.Size)));
    }

    [Fact]
    public void MarkedInlineArray_IsARecordOfOneArray()
    {
        Generated generated = Generated.From($"{Declarations}\n[Spliceable, InlineArray(6)] public partial struct Record {{ private Side _first; }}");
        using var loaded = new LoadedAssembly(generated.AssertClean("CS1591").Compilation);
        IRecordProbe record = loaded.Record("Record");
        RecordField field = Assert.Single(record.Layout.Fields);
        Assert.Equal(("_first", "Side[6]", 0, 12), (field.Name, field.Type, field.Offset, field.Size));
        Assert.Equal(12, record.RealSize);
    }

    [Fact]
    public void Layout_IsOneInstance()
    {
        using var loaded = new LoadedAssembly(Generated.From($"{Declarations}\n[Spliceable] public partial struct Record {{ public int Id; }}").Compilation);
        IRecordProbe record = loaded.Record("Record");
        Assert.Same(record.Layout, record.Layout);
    }
}
