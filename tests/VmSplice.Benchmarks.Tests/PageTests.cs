using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Tests;

/// <summary>performance.md: figures go between their marks, the text of people stays.</summary>
public sealed class PageTests
{
    [Fact]
    public void Figures_ReplaceThoseOfTheirSuiteAlone()
    {
        const string Page = """
            # Performance

            By hand.

            <!-- suite latency -->
            old
            <!-- end of latency -->
            Between.
            <!-- suite modes -->
            others
            <!-- end of modes -->
            """;

        string replaced = PerformancePage.Replace(Page, "latency", "new");

        Assert.Equal(Page.Replace("old\n", "new\n\n", StringComparison.Ordinal), replaced);
    }

    [Fact]
    public void PageWithoutMarks_GetsThemAtItsEnd()
    {
        string replaced = PerformancePage.Replace("# Performance\n", "peers", "figures");

        Assert.Equal("# Performance\n\n## peers\n\n<!-- suite peers -->\nfigures\n\n<!-- end of peers -->\n", replaced);
    }

    [Fact]
    public void Table_IsMarkdown()
    {
        ReportTable table = new(["case", "way", "ratio"]);
        table.Rows.Add(["a|b", "ours", "1.00"]);

        Assert.Equal("| case | way | ratio |\n|---|---|--:|\n| a\\|b | ours | 1.00 |\n", table.ToMarkdown());
    }
}
