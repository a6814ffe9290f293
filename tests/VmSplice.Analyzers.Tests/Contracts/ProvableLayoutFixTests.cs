using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Contracts;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>The fixes of VMS1003.</summary>
public sealed class ProvableLayoutFixTests
{
    private const string Using = "using System.Runtime.InteropServices;\n";

    [Theory]
    [InlineData(
        "[Spliceable, StructLayout(LayoutKind.Auto)] public partial struct Tick { public int Id; }",
        "[Spliceable, StructLayout(LayoutKind.Sequential)] public partial struct Tick { public int Id; }")]
    [InlineData(
        "[Spliceable]\n[StructLayout(layoutKind: LayoutKind.Auto, Pack = 1)]\npublic partial struct Tick { public byte Tag; public int Id; }",
        "[Spliceable]\n[StructLayout(layoutKind: LayoutKind.Sequential, Pack = 1)]\npublic partial struct Tick { public byte Tag; public int Id; }")]
    public Task AutoLayout_BecomesSequential(string source, string expected) => VerifyAsync(source, expected);

    [Fact]
    public Task Gaps_AreFilledAndFieldsStay()
        => VerifyAsync(
            """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Tick
            {
                [FieldOffset(4)] public int Id; // which
                // how many
                [FieldOffset(11)] public byte Size;
            }
            """,
            """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Tick
            {
                [FieldOffset(0)] private readonly uint _padding0;
                [FieldOffset(4)] public int Id; // which
                [FieldOffset(8)] private readonly ushort _padding8;
                [FieldOffset(10)] private readonly byte _padding10;
                // how many
                [FieldOffset(11)] public byte Size;
            }
            """);

    [Fact]
    public Task OverlapsAndGaps_OffsetsNumberedAnew()
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, RenumberOffsetsFix>(
            Using + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Tick
            {
                [FieldOffset(0)] public int Id;
                [FieldOffset(2)] public int Low; // shares bytes
                [field: FieldOffset(16)] public double Value { get; set; }
            }

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Other
            {
                [FieldOffsetAttribute(12)] public int B;
                [System.Runtime.InteropServices.FieldOffset(4)] public int A;
            }
            """,
            Using + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Tick
            {
                [FieldOffset(0)] public int Id;
                [FieldOffset(4)] public int Low; // shares bytes
                [field: FieldOffset(8)] public double Value { get; set; }
            }

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Other
            {
                [FieldOffsetAttribute(4)] public int B;
                [System.Runtime.InteropServices.FieldOffset(0)] public int A;
            }
            """);

    [Fact]
    public Task Union_OtherFieldsBecomeProperties()
    {
        // A property stands on one line.
        const string Raw = "readonly get => System.Runtime.CompilerServices.Unsafe.BitCast<double, ulong>(Value); "
            + "set => Value = System.Runtime.CompilerServices.Unsafe.BitCast<ulong, double>(value);";
        const string High = "readonly get => MemoryMarshal.Read<int>(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in Value)).Slice(4)); "
            + "set => MemoryMarshal.Write(MemoryMarshal.AsBytes(new Span<double>(ref Value)).Slice(4), value);";
        return CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, UnionFix>(
            Using + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Word
            {
                [FieldOffset(0)] public double Value;
                // its bits
                [FieldOffset(0)] public ulong Raw;
                [FieldOffset(4)] internal int High;
            }
            """,
            Using + $$"""
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Word
            {
                [FieldOffset(0)] public double Value;
                // its bits
                public ulong Raw { {{Raw}} }
                internal int High { {{High}} }
            }
            """);
    }

    [Theory]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Word
        {
            [FieldOffset(0)] public double Value;
            [FieldOffset(0)] public ulong Raw;
        }
        """)]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Word
        {
            [FieldOffset(0)] public double Value;
            [FieldOffset(4)] public int Raw;
        }
        """)]
    public async Task Union_IsNotMendedUnattendedNorNumberedAnew(string source)
    {
        await CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, ProvableLayoutFix>(Using + source);
        await CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, RenumberOffsetsFix>(Using + source);
    }

    [Theory]
    [InlineData("[Spliceable, StructLayout((short)3)] public partial struct Tick { public int Id; }")]
    [InlineData("[Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Tick { [FieldOffset(0)] public readonly int A, B; }")]
    [InlineData("[Spliceable] public partial struct Tick { public int A; } public partial struct Tick { public int B; }")]
    public Task NoSafeChange_NotOffered(string source)
        => CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, ProvableLayoutFix>(Using + source);

    private static Task VerifyAsync(string source, string expected)
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, ProvableLayoutFix>(Using + source, Using + expected);
}
