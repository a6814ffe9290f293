using System.Globalization;

namespace VmSplice.Benchmarks.Tests;

/// <summary>One tiny suite from the command line to the page, so that the benchmarks work on the day when somebody needs them.</summary>
public sealed class SuiteTests
{
    [SkippableFact]
    public void QuickSuite_PrintsARatioAndWritesPagePlotAndRatios()
    {
        Skip.IfNot(File.Exists("/usr/bin/taskset") && File.Exists("/usr/bin/gcc"), "taskset(1) binds workers to processors, gcc compiles the other side");
        using TemporaryFolder folder = new();

        // Large chunks: beside the other tests a comparison that waits for each message would take minutes.
        ProgramRun run = ProgramRun.Of("records", "--quick", "--case", "copying/64B/next/c", "--out", folder.Path);

        Assert.True(run.ExitCode == 0, run.Output);
        string line = Assert.Single(run.Output.Split('\n'), static line => line.StartsWith("ratio records/copying/64B/next/c ", StringComparison.Ordinal));
        Assert.InRange(double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture), 0.01, 100);
        Assert.Contains(line, File.ReadAllText(Path.Combine(folder.Path, "ratios.txt")), StringComparison.Ordinal);
        Assert.Contains("| copying/64B/next/c | VmSplice copying, next, not in place |", File.ReadAllText(Path.Combine(folder.Path, "performance.md")),
            StringComparison.Ordinal);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(folder.Path, "images", "performance-records.svg")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void LogOfEvents_CountsAreRightInEachWay()
    {
        Skip.IfNot(File.Exists("/usr/bin/taskset"), "taskset(1) binds workers to processors");
        ProgramRun run = ProgramRun.Of("text", "--events", "20000");

        Assert.True(run.ExitCode == 0, run.Output);
        foreach (string way in (string[])["VmSplice copying", "VmSplice unknown", "memorypack", "protobuf", "json"])
        {
            Assert.Single(run.Output.Split('\n'), line => line.StartsWith($"| {way} | 20,000 |", StringComparison.Ordinal)
                && line.EndsWith("| right |", StringComparison.Ordinal));
        }

        Assert.Contains("The counts: by level 0: 5,715, 1: 5,714, 2: 5,714, 3: 2,857; by word a: 2,500,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownSuite_ListsTheSuites()
    {
        ProgramRun run = ProgramRun.Of("latencies");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("transport|records|in-place|broadcast|latency|modes|peers|text|compile|all", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("61")]
    [InlineData("long")]
    public void RoundOfNoLength_IsRefused(string seconds)
    {
        ProgramRun run = ProgramRun.Of("latency", "--round", seconds);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{seconds}' is no length of a round", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownOption_IsRefused()
    {
        ProgramRun run = ProgramRun.Of("latency", "--quik");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'--quik' is no option", run.Output, StringComparison.Ordinal);
    }
}
