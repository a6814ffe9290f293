using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1003UnprovableLayoutTests
{
    private const string Id = "VMS1003";

    [Theory]
    [InlineData("[Spliceable, [|StructLayout(LayoutKind.Auto)|]] public partial struct Record { public int Id; }")]
    [InlineData("[[|StructLayout(LayoutKind.Auto, Pack = 1)|], Spliceable] public partial struct Record { public int Id; public byte Tag; }")]
    [InlineData("[Spliceable, [|StructLayout((short)3)|]] public partial record struct Record(int Id);")]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record
        {
            [FieldOffset(0)] public int A;
            [FieldOffset(2)] public short [|B|];
        }
        """)]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record
        {
            [FieldOffset(0)] public long All;
            [FieldOffset(0)] public int [|Low|];
            [FieldOffset(4)] public int [|High|];
        }
        """)]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record
        {
            [FieldOffset(0)] public int A;
            [FieldOffset(8)] public int [|B|];
        }
        """)]
    [InlineData("[Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record { [FieldOffset(4)] public int [|A|]; }")]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record
        {
            [field: FieldOffset(6)] public short [|B|] { get; set; }
            [FieldOffset(0)] public int A;
        }
        """)]
    [InlineData("[Spliceable] public partial struct Record { public int A; } public partial struct Record { public int [|B|]; }")]
    [InlineData("[Spliceable] public partial struct Record { public int A { get; set; } } public partial struct Record { public int [|B|] { get; set; } }")]
    public Task LayoutNotFixed_Reported(string source) => VerifyAsync(source);

    [Theory]
    [InlineData("[Spliceable] public partial struct Record { public int Id; }")]
    [InlineData("[Spliceable, StructLayout(LayoutKind.Sequential)] public partial struct Record { public int Id; }")]
    [InlineData("[Spliceable, StructLayout((short)0)] public partial struct Record { public int Id; }")]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record
        {
            [FieldOffset(4)] public int B;
            [FieldOffset(0)] public int A;
        }
        """)]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit, Pack = 1)] public partial struct Record
        {
            [FieldOffset(0)] public byte A;
            [FieldOffset(1)] public long B;
        }
        """)]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record
        {
            [FieldOffset(0)] public int A;
        }
        public partial struct Record { [FieldOffset(4)] public int B; }
        """)]
    [InlineData("[Spliceable] public partial struct Record { public static int A; } public partial struct Record { public int B; }")]
    [InlineData("[StructLayout(LayoutKind.Auto)] public struct Other { public int Id; }")]
    public Task LayoutFixed_NotReported(string source) => VerifyAsync(source);

    [Theory]
    [InlineData(
        "[Spliceable, [|StructLayout(LayoutKind.Auto)|]] public partial struct Tick { public int Id; }",
        "The layout of 'Tick' is not fixed: with LayoutKind.Auto every process may order the fields in its own way; use LayoutKind.Sequential")]
    [InlineData(
        "[Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Tick { [FieldOffset(0)] public int A; [FieldOffset(2)] public short [|B|]; }",
        "The layout of 'Tick' is that of a union: 'B' lies in the bytes of 'A', and a check of one does not check the other; "
            + "keep the field 'A', and make 'B' a property over its bytes (BitConverter, Unsafe.BitCast)")]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Tick
        {
            [FieldOffset(0)] public byte Tag;
            [FieldOffset(4)] public int [|A|];
            [FieldOffset(1)] public byte B;
            [FieldOffset(2)] public int C;
        }
        """,
        "The layout of 'Tick' has an overlap: 'A' starts at offset 4, inside 'C', which ends at offset 6; give each field bytes of its own")]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Tick
        {
            [FieldOffset(0)] public byte [|Low|];
            [FieldOffset(0)] public long All;
        }
        """,
        "The layout of 'Tick' is that of a union: 'Low' lies in the bytes of 'All', and a check of one does not check the other; "
            + "keep the field 'All', and make 'Low' a property over its bytes (BitConverter, Unsafe.BitCast)")]
    [InlineData(
        """
        [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Tick
        {
            [FieldOffset(0)] public int A;
            [FieldOffset(2)] public int [|B|];
            [FieldOffset(6)] public short C;
        }
        """,
        "The layout of 'Tick' has an overlap: 'B' starts at offset 2, inside 'A', which ends at offset 4; give each field bytes of its own")]
    [InlineData(
        "[Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Tick { [FieldOffset(0)] public int A; [FieldOffset(8)] public int [|B|]; }",
        "The layout of 'Tick' has a gap: 4 bytes before 'B' at offset 8 belong to no field; close it, or fill it from offset 4 on with a field of 4 bytes")]
    [InlineData(
        "[Spliceable] public partial struct Tick { public int A; } public partial struct Tick { public int [|B|]; }",
        "The layout of 'Tick' is not fixed: 'B' stands in another part of the type than the fields before it, and the order across parts is not defined; "
            + "declare all fields in one part")]
    public async Task WrongLayout_MessageSaysWhyAndWayOut(string source, string message)
        => Assert.Equal(message, (await VerifyAsync(source)).Message);

    [Fact]
    public Task OffsetMissingWhileTyping_SilentBesideCompiler()
        => ContractTest.VerifyErrorsAllowedAsync(Id,
            """
            using System.Runtime.InteropServices;
            [Spliceable, StructLayout(LayoutKind.Explicit)] public partial struct Record { public int A; }
            """);

    private static Task<AnalyzerResult> VerifyAsync(string source)
        => ContractTest.VerifyAsync(Id, "using System.Runtime.InteropServices;\n" + source);
}
