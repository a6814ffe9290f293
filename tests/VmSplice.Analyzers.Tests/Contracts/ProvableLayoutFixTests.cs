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
    public Task OverlapsAndGaps_OffsetsNumberedAnew()
        => VerifyAsync(
            """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Tick
            {
                [FieldOffset(0)] public int Id;
                [FieldOffset(2)] public short Low; // shares bytes
                [FieldOffset(8)] public short High;
                [field: FieldOffset(16)] public double Value { get; set; }
            }

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Other
            {
                [FieldOffsetAttribute(12)] public int B;
                [System.Runtime.InteropServices.FieldOffset(4)] public int A;
            }
            """,
            """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Tick
            {
                [FieldOffset(0)] public int Id;
                [FieldOffset(4)] public short Low; // shares bytes
                [FieldOffset(6)] public short High;
                [field: FieldOffset(8)] public double Value { get; set; }
            }

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Other
            {
                [FieldOffsetAttribute(4)] public int B;
                [System.Runtime.InteropServices.FieldOffset(0)] public int A;
            }
            """);

    [Theory]
    [InlineData("[Spliceable, StructLayout((short)3)] public partial struct Tick { public int Id; }")]
    [InlineData("[Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Tick { [FieldOffset(0)] public int A, B; }")]
    [InlineData("[Spliceable] public partial struct Tick { public int A; } public partial struct Tick { public int B; }")]
    public Task NoSafeChange_NotOffered(string source)
        => CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, ProvableLayoutFix>(Using + source);

    private static Task VerifyAsync(string source, string expected)
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, ProvableLayoutFix>(Using + source, Using + expected);
}
