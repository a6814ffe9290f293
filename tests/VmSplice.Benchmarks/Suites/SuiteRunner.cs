using System.Diagnostics;
using Spectre.Console;
using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>Runs a suite: every comparison in pairs, a table, the ratios.</summary>
internal static class SuiteRunner
{
    /// <summary>What a quick suite may take, with what the last comparison needs.</summary>
    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(45);

    public static Report Run<TSuite>(bool quick, string? filter)
        where TSuite : ISuite
    {
        var report = new Report(TSuite.Name);
        var run = quick
            ? new PairedRun(pairs: 3, warmUps: 1, scale: 0.25, countsCalls: false)
            : new PairedRun(pairs: 7, warmUps: 2, scale: 1, countsCalls: true);
        Comparison[] comparisons = [.. TSuite.Comparisons(quick).Where(one => filter is null || one.Case.Contains(filter, StringComparison.Ordinal))];
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        foreach (Comparison comparison in comparisons)
        {
            if (quick && Stopwatch.GetElapsedTime(start) > s_quick)
            {
                AnsiConsole.MarkupLineInterpolated($"[grey]{comparisons.Length - done} comparisons left out: --quick ends within a minute.[/]");
                break;
            }

            done++;
            if (AnsiConsole.Profile.Capabilities.Interactive)
            {
                AnsiConsole.MarkupLineInterpolated($"[grey]{done} of {comparisons.Length}: {TSuite.Name}/{comparison.Case}[/]");
            }

            report.Add(run.Measure(comparison));
        }

        report.Print();
        return report;
    }
}
