using System.Buffers.Binary;
using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>The generated check against what <see cref="Enum.IsDefined(Type, object)"/> and a bool allow.</summary>
public sealed class ValidationTests
{
    private const string Enums = """
        using System;
        using System.Runtime.CompilerServices;
        using VmSplice;
        public enum Dense : byte { A, B, C, D }
        public enum FromOne : byte { A = 1, B, C }
        public enum UpToEnd : byte { A = 250, B, C, D, E, F }
        public enum Scattered : byte { A = 0, B = 1, C = 7, D = 9, E = 10, F = 11, G = 255 }
        public enum Single : byte { A = 42 }
        public enum Signed : sbyte { Least = -128, Minus = -1, Zero, One, Most = 127 }
        public enum Empty : byte { }
        [Flags] public enum Some : byte { None = 0, A = 1, B = 2, D = 8 }
        [Flags] public enum Every : byte { All = 255 }
        [Flags] public enum SignedFlags : sbyte { None = 0, A = 1, Top = -128 }
        [Flags] public enum Nothing : byte { None = 0 }
        """;

    [Theory]
    [InlineData("bool", "0 1")]
    [InlineData("Dense", "0 1 2 3")]
    [InlineData("FromOne", "1 2 3")]
    [InlineData("UpToEnd", "250 251 252 253 254 255")]
    [InlineData("Scattered", "0 1 7 9 10 11 255")]
    [InlineData("Single", "42")]
    [InlineData("Signed", "128 255 0 1 127")]
    [InlineData("Some", "0 1 2 3 8 9 10 11")]
    [InlineData("SignedFlags", "0 1 128 129")]
    [InlineData("Nothing", "0")]
    public void EveryByte_AcceptedExactlyWhereDefined(string type, string valid)
    {
        using LoadedAssembly loaded = Load($"[Spliceable] public partial struct Record {{ public byte First; public {type} Value; }}");
        IRecordProbe record = loaded.Record("Record");
        Assert.True(record.NeedsValidation);
        int[] accepted = [.. Enumerable.Range(0, 256).Where(value => record.IndexOfInvalidField([0xFF, (byte)value]) == -1)];
        Assert.Equal(valid.Split(' ').Select(text => int.Parse(text, null)).Order(), accepted);
        Assert.All(Enumerable.Range(0, 256).Except(accepted), value => Assert.Equal(1, record.IndexOfInvalidField([0xFF, (byte)value])));
    }

    [Theory]
    [InlineData("Empty")]
    [InlineData("Every")]
    [InlineData("byte")]
    public void EveryPatternValid_NeedsNoValidation(string type)
    {
        using LoadedAssembly loaded = Load($"[Spliceable] public partial struct Record {{ public {type} Value; }}");
        Assert.False(loaded.Record("Record").NeedsValidation);
        Assert.Equal(-1, loaded.Record("Record").IndexOfInvalidField([0xFF]));
    }

    [Theory]
    [InlineData("short", -300, 300, 32767, -32768)]
    [InlineData("ushort", 3, 300, 65535, 40000)]
    [InlineData("int", int.MinValue, -1, 1_000_000, int.MaxValue)]
    [InlineData("uint", 0, 7, uint.MaxValue, 3_000_000_000)]
    [InlineData("long", long.MinValue, -5, 5_000_000_000, long.MaxValue)]
    [InlineData("ulong", 0, 9, 5_000_000_000, long.MaxValue)]
    public void WideEnum_AcceptsMembersAndRejectsNeighbours(string underlying, long a, long b, long c, long d)
    {
        long[] members = [a, b, c, d];
        string list = string.Join(", ", members.Select((value, i) => $"M{i} = {(value == long.MinValue ? "long.MinValue" : value.ToString(null, null))}"));
        using LoadedAssembly loaded = Load($"public enum Wide : {underlying} {{ {list} }} [Spliceable] public partial struct Record {{ public Wide Value; }}");
        IRecordProbe record = loaded.Record("Record");
        int size = record.RealSize;
        foreach (long value in members.SelectMany(member => new[] { member, unchecked(member - 1), unchecked(member + 1) }))
        {
            byte[] bytes = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            bool defined = members.Any(member => Truncate(member, size) == Truncate(value, size));
            Assert.Equal(defined ? -1 : 0, record.IndexOfInvalidField(bytes.AsSpan(0, size)));
        }
    }

    [Theory]
    [InlineData("ushort", 0x8001)]
    [InlineData("uint", 0x8000_0001)]
    [InlineData("ulong", 0x4000_0000_0000_0001)]
    [InlineData("int", 0x4000_0001)]
    [InlineData("long", 0x4000_0000_0000_0001)]
    public void WideFlags_RejectEachBitThatNoMemberHas(string underlying, long bits)
    {
        using LoadedAssembly loaded = Load(
            $$"""
            [Flags] public enum Wide : {{underlying}} { A = 1, B = {{bits}} }
            [Spliceable] public partial struct Record { public Wide Value; }
            """);
        IRecordProbe record = loaded.Record("Record");
        byte[] bytes = new byte[8];
        for (int bit = 0; bit < record.RealSize * 8; bit++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, 1UL << bit);
            Assert.Equal(((bits >> bit) & 1) == 1 ? -1 : 0, record.IndexOfInvalidField(bytes.AsSpan(0, record.RealSize)));
        }
    }

    [Fact]
    public void EveryElementOfArrays_Checked()
    {
        using LoadedAssembly loaded = Load("""
            [Spliceable] public partial struct Inner { public byte Any; public Dense Kind; public bool Open; }
            [InlineArray(3)] public struct Inners { private Inner _first; }
            [InlineArray(2)] public struct Rows { private Inners _first; }
            [Spliceable] public unsafe partial struct Record { public byte Head; public Rows Rows; public fixed bool Flags[4]; public Inner Last; }
            """);
        IRecordProbe record = loaded.Record("Record");
        Assert.Equal(["Head", "Rows", "Flags", "Last.Any", "Last.Kind", "Last.Open"], record.Layout.Fields.Select(field => field.Name));
        byte[] bytes = new byte[record.RealSize];
        Assert.Equal(-1, record.IndexOfInvalidField(bytes));
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = 0xEE;
            Assert.Equal(ExpectedAt(i), record.IndexOfInvalidField(bytes));
            bytes[i] = 0;
        }
    }

    [Fact]
    public void EnumOfThousandsOfScatteredMembers_CompilesAndIsChecked()
    {
        string members = string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"M{i} = {i * 3}"));
        using LoadedAssembly loaded = Load($"public enum Codes {{ {members} }} [Spliceable] public partial struct Record {{ public Codes Code; }}");
        IRecordProbe record = loaded.Record("Record");
        byte[] bytes = new byte[4];
        for (int value = -3; value < 9100; value++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            Assert.Equal(value is >= 0 and < 9000 && value % 3 == 0 ? -1 : 0, record.IndexOfInvalidField(bytes));
        }
    }

    /// <summary>As a pattern it took the compiler two minutes.</summary>
    [Fact]
    public void EnumOfTwentyThousandMembers_CompilesInSeconds()
    {
        string members = string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"M{i} = {i * 3}"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var loaded = new LoadedAssembly(Generated.From(
            $$"""
            public enum Codes { {{members}} }
            [VmSplice.Spliceable] public partial struct Record { public Codes Code; public Codes Other; }
            """).Compilation);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 45);
        IRecordProbe record = loaded.Record("Record");
        byte[] bytes = new byte[8];
        Assert.Equal(-1, record.IndexOfInvalidField(bytes));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 59_998);
        Assert.Equal(1, record.IndexOfInvalidField(bytes));
    }

    /// <summary>On both sides of the number from which a table is searched, with ranges of one and of more.</summary>
    [Theory]
    [InlineData("sbyte", 33, 1)]
    [InlineData("byte", 34, 2)]
    [InlineData("short", 32, 1)]
    [InlineData("ushort", 33, 3)]
    [InlineData("int", 64, 1)]
    [InlineData("long", 35, 2)]
    [InlineData("ulong", 40, 1)]
    public void ManyRanges_AcceptedExactlyWhereDefined(string underlying, int ranges, int length)
    {
        int start = underlying == "sbyte" ? -100 : 1;
        int[] values = [.. Enumerable.Range(0, ranges).SelectMany(range => Enumerable.Range(start + (range * (length + 3)), length))];
        if (underlying is "byte" or "sbyte")
        {
            values = [.. values.Select(value => value % 128).Distinct()];
        }

        using LoadedAssembly loaded = Load($$"""
            public enum Many : {{underlying}} { {{string.Join(", ", values.Select((value, i) => $"M{i} = {value}"))}} }
            [Spliceable] public partial struct Record { public Many Value; }
            """);
        IRecordProbe record = loaded.Record("Record");
        byte[] bytes = new byte[8];
        for (int value = -128; value < 400; value++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            bool defined = values.Any(member => Truncate(member, record.RealSize) == Truncate(value, record.RealSize));
            Assert.Equal(defined ? -1 : 0, record.IndexOfInvalidField(bytes.AsSpan(0, record.RealSize)));
        }
    }

    [Fact]
    public void LongChecks_AreNotInlined()
    {
        string Text(int bools)
        {
            string fields = string.Concat(Enumerable.Range(0, bools).Select(i => $"internal bool B{i}; "));
            return Generated.From($"[VmSplice.Spliceable] internal partial struct Record {{ {fields} }}").Text;
        }

        Assert.Contains("AggressiveInlining", Text(8), StringComparison.Ordinal);
        Assert.DoesNotContain("AggressiveInlining", Text(300), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoInvalid_FirstReported()
    {
        using LoadedAssembly loaded = Load("[Spliceable] public partial struct Record { public bool A; public Dense B; public bool C; }");
        Assert.Equal(1, loaded.Record("Record").IndexOfInvalidField([1, 200, 200]));
    }

    // One byte, then six inner records of three bytes, four flags, and one inner record.
    private static int ExpectedAt(int offset) => offset switch
    {
        0 => -1,
        < 19 => (offset - 1) % 3 == 0 ? -1 : 1,
        < 23 => 2,
        23 => -1,
        24 => 4,
        _ => 5,
    };

    private static ulong Truncate(long value, int size) => unchecked((ulong)value) & (ulong.MaxValue >> (64 - (8 * size)));

    private static LoadedAssembly Load(string source)
        => new(Generated.From(Enums + "\n" + source).AssertClean("CS1591", "CS0649").Compilation);
}
