using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Contracts;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>The fix of VMS1008.</summary>
public sealed class SegmentFormFixTests
{
    private static readonly CodeFixTestOptions s_options = CodeFixTestOptions.Default;

    [Theory]
    [InlineData("[Segment] public ref int Id => throw new Exception();", "[Segment] public partial ref int Id { get; }")]
    [InlineData("[Segment] public int Id { get; set; }", "[Segment] public partial ref int Id { get; }")]
    [InlineData("[Segment] ref readonly int Id => throw new Exception();", "[Segment] partial ref int Id { get; }")]
    [InlineData("[Segment(Length = 4)] public Span<byte> Data => default;", "[Segment(Length = 4)] public partial Span<byte> Data { get; }")]
    [InlineData("[Segment(Length = 4)] public static Span<byte> Data => default;", "[Segment(Length = 4)] public partial Span<byte> Data { get; }")]
    [InlineData(
        """
        [Segment(MaxLength = 4)] protected internal ReadOnlySpan<char> Data => default;
        """,
        """
        [Segment(MaxLength = 4)] protected internal partial Span<char> Data { get; }
        """)]
    [InlineData("[Segment(Length = 4)] public byte[] Data { get; } = new byte[4];", "[Segment(Length = 4)] public partial Span<byte> Data { get; }")]
    [InlineData("[Segment(MaxLength = 4)] public TextSegment Text => default;", "[Segment(MaxLength = 4)] public partial TextSegment Text { get; }")]
    [InlineData("[Segment(MaxLength = 4)] public List<int> Data { get; } = [];", "[Segment(MaxLength = 4)] public partial ListSegment<int> Data { get; }")]
    [InlineData("[Segment(Length = 4)] public int Data { get; set; }", "[Segment(Length = 4)] public partial Span<int> Data { get; }")]
    public Task WrongForm_BecomesASegment(string member, string expected)
        => VerifyAsync($"[Spliceable] public partial class Frame {{ {member} }}", $"[Spliceable] public partial class Frame {{ {expected} }}");

    [Fact]
    public Task SeveralWithComments_AllAtOnce()
        => VerifyAsync(
            """
            [Spliceable]
            public sealed partial class Frame
            {
                /// <summary>Which.</summary>
                [Segment]
                // a number
                public long Number { get; set; } // counted

                [Segment(Length = 16)]
                int[] Row => [];
            }
            """,
            """
            [Spliceable]
            public sealed partial class Frame
            {
                /// <summary>Which.</summary>
                [Segment]
                // a number
                public partial ref long Number { get; } // counted

                [Segment(Length = 16)]
                partial Span<int> Row { get; }
            }
            """);

    [Fact]
    public Task WithoutUsing_TheNameIsWhole()
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, SegmentFormFix>(
            "[VmSplice.Spliceable] public partial class Frame { [VmSplice.Segment(Length = 4)] public byte[] Data { get; } = new byte[4]; }",
            "[VmSplice.Spliceable] public partial class Frame { [VmSplice.Segment(Length = 4)] public partial System.Span<byte> Data { get; } }",
            s_options with { Analyzer = new AnalyzerTestOptions { ImplicitUsings = false } });

    [Fact]
    public Task ListWithoutUsing_TheNameIsWhole()
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, SegmentFormFix>(
            "[VmSplice.Spliceable] public partial class Frame { [VmSplice.Segment(MaxLength = 4)] public System.Collections.Generic.List<int> Data => []; }",
            "[VmSplice.Spliceable] public partial class Frame { [VmSplice.Segment(MaxLength = 4)] public partial VmSplice.ListSegment<int> Data { get; } }",
            s_options with { Analyzer = new AnalyzerTestOptions { ImplicitUsings = false } });

    [Theory]
    [InlineData("[Spliceable] public partial class Frame { [Segment] public partial Span<byte> Data { get; } }")]
    [InlineData("[Spliceable] public partial class Frame { [Segment] public partial TextSegment Data { get; } }")]
    [InlineData("[Spliceable] public partial class Frame { }")]
    public Task LengthOrSegmentMissing_NotOffered(string source)
        => CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, SegmentFormFix>(source, s_options);

    [Theory]
    [InlineData("[Segment] public string Text { get; set; } = \"\";", "[Segment(MaxLength = 1024)] public partial TextSegment Text { get; }", "UTF-8")]
    [InlineData("[Segment] public string Text { get; set; } = \"\";", "[Segment(MaxLength = 1024)] public partial CharSegment Text { get; }", "UTF-16")]
    [InlineData("[Segment] public List<byte> Data { get; } = [];", "[Segment(MaxLength = 1024)] public partial ListSegment<byte> Data { get; }",
        "1,024 elements")]
    [InlineData("[Segment] public int[] Data => [];", "[Segment(MaxLength = 1024)] public partial Span<int> Data { get; }", "1,024 elements")]
    [InlineData("[Segment] public int Id { get; set; } = 7;", "[Segment] public partial ref int Id { get; }", "initial value goes")]
    public async Task SomethingToDecide_IsSaidAndLeftToTheUser(string member, string expected, string title)
    {
        string source = $"[Spliceable] public partial class Frame {{ {member} }}";
        await CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, SegmentFormFix>(source);
        await CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, SegmentByHandFix>(source, $"[Spliceable] public partial class Frame {{ {expected} }}",
            new() { Title = title });
    }

    private static Task VerifyAsync(string source, string expected)
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, SegmentFormFix>(source, expected, s_options);
}
