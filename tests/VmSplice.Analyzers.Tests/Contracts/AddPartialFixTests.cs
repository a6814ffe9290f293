using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Contracts;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>The fix of VMS1001.</summary>
public sealed class AddPartialFixTests
{
    [Theory]
    [InlineData("[Spliceable] public struct Tick { public int Id; }", "[Spliceable] public partial struct Tick { public int Id; }")]
    [InlineData("[Spliceable]\nstruct Tick { public int Id; }", "[Spliceable]\npartial struct Tick { public int Id; }")]
    [InlineData("[Spliceable]\n// why\nreadonly record struct Tick(int Id);", "[Spliceable]\n// why\nreadonly partial record struct Tick(int Id);")]
    public Task Type_BecomesPartial(string source, string expected) => VerifyAsync(source, expected);

    [Fact]
    public Task TwoRecordsInOneClass_ClassBecomesPartialOnce()
        => VerifyAsync(
            """
            /// <summary>Records.</summary>
            class Feed
            {
                [Spliceable]
                public struct Tick { public int Id; }

                [Spliceable]
                public partial struct Trade { public int Id; }

                public class Inner
                {
                    [Spliceable]
                    internal record struct Order(int Id);
                }
            }
            """,
            """
            /// <summary>Records.</summary>
            partial class Feed
            {
                [Spliceable]
                public partial struct Tick { public int Id; }

                [Spliceable]
                public partial struct Trade { public int Id; }

                public partial class Inner
                {
                    [Spliceable]
                    internal partial record struct Order(int Id);
                }
            }
            """);

    private static Task VerifyAsync(string source, string expected)
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, AddPartialFix>(source, expected);
}
