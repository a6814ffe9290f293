using System.Diagnostics;
using Spectre.Console;
using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>Runs a suite: every measurement, the tables, the ratios.</summary>
internal static class SuiteRunner
{
    /// <summary>What a quick suite may take, without what the measurement needs that is under way then.</summary>
    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(45);

    public static Report Run<TSuite>(SuiteOptions options)
        where TSuite : ISuite
    {
        var report = new Report(TSuite.Name, TSuite.About);
        IMeasurement[] all =
            [.. TSuite.Measurements(options.Quick).Where(one => options.Case is not { } part || one.Case.Contains(part, StringComparison.Ordinal))];
        if (AnsiConsole.Profile.Capabilities.Interactive)
        {
            AnsiConsole.Progress().Start(progress =>
            {
                ProgressTask task = progress.AddTask(TSuite.Name, maxValue: Math.Max(1, all.Length));
                MeasureAll(report, all, options, one => task.Description = Markup.Escape($"{TSuite.Name}/{one.Case}"), () => task.Increment(1));
            });
        }
        else
        {
            int begun = 0;
            MeasureAll(report, all, options, one => Console.Error.WriteLine($"[{++begun}/{all.Length}] {TSuite.Name}/{one.Case}"), static () => { });
        }

        report.Print();
        return report;
    }

    private static void MeasureAll(Report report, IMeasurement[] all, SuiteOptions options, Action<IMeasurement> begin, Action end)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < all.Length; i++)
        {
            if (options.Quick && Stopwatch.GetElapsedTime(start) > s_quick)
            {
                report.LeaveOut($"{all.Length - i} of {all.Length} cases, because --quick ends within a minute.");
                return;
            }

            begin(all[i]);
            try
            {
                report.Add(all[i], all[i].Measure(options.Effort));
            }
            catch (NotSupportedException missing)
            {
                report.LeaveOut($"{all[i].Case}: {missing.Message}");
            }

            end();
        }
    }
}
