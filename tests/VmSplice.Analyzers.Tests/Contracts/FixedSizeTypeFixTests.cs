using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Contracts;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>The fix of VMS1005.</summary>
public sealed class FixedSizeTypeFixTests
{
    [Theory]
    [InlineData("public nint Value;", "public long Value;")]
    [InlineData("private readonly nuint _a, _b;", "private readonly ulong _a, _b;")]
    [InlineData("public IntPtr Value { get; set; }", "public long Value { get; set; }")]
    [InlineData("public System.Runtime.InteropServices.CULong /* length */ Value;", "public ulong /* length */ Value;")]
    [InlineData("public System.Runtime.InteropServices.NFloat Value;", "public double Value;")]
    [InlineData(
        """
        public nint A;
        public nuint B;
        public readonly long Sum => A + (long)B;
        """,
        """
        public long A;
        public ulong B;
        public readonly long Sum => A + (long)B;
        """)]
    public Task PlatformSizedField_TypeReplaced(string members, string expected)
        => VerifyAsync($"[Spliceable] public partial struct Tick {{ {members} }}", $"[Spliceable] public partial struct Tick {{ {expected} }}");

    [Fact]
    public Task CodeThatUsesItWouldNeedACast_PropertyKeepsTheType()
        => VerifyAsync(
            """
            [Spliceable] public partial struct Tick
            {
                public nint A;
                public readonly nint Same() => A;
            }
            """,
            """
            [Spliceable] public partial struct Tick
            {
                private long _a;
                public nint A { readonly get => (nint)_a; set => _a = value; }
                public readonly nint Same() => A;
            }
            """);

    [Fact]
    public Task PositionalField_TypeReplaced()
        => VerifyAsync("[Spliceable] public partial record struct Tick(nint A, nuint B);", "[Spliceable] public partial record struct Tick(long A, ulong B);");

    [Fact]
    public Task InlineArray_NotOffered()
        => CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, FixedSizeTypeFix>(
            """
            [Spliceable] public partial struct Tick { public Row Row; }
            [System.Runtime.CompilerServices.InlineArray(2)] public struct Row { private nint _first; }
            """);

    private static Task VerifyAsync(string source, string expected)
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, FixedSizeTypeFix>(source, expected);
}
