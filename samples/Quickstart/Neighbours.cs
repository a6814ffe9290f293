using System.Diagnostics;
using System.Globalization;

namespace Quickstart;

/// <summary>
/// What other processes take of the processors. Right behind a build that is a whole one for some ten seconds, on which the compiler's
/// server makes better code of itself; a speed that is measured beside it is not that of the machine.
/// </summary>
internal static class Neighbours
{
    /// <summary>In processors. What is always there on a machine in use is less.</summary>
    private const double Quiet = 0.25;

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(20);

    /// <summary>Waits until the others are quiet, and says so where that took long or was in vain.</summary>
    public static void WaitUntilQuiet(int child)
    {
        long start = Stopwatch.GetTimestamp();
        long last = start;
        string busiest = "";
        Dictionary<(int, long), ProcessSample> before = Others(child);
        while (true)
        {
            Thread.Sleep(s_between);
            Dictionary<(int, long), ProcessSample> after = Others(child);
            TimeSpan between = Stopwatch.GetElapsedTime(last);
            last = Stopwatch.GetTimestamp();

            // Of those that began meanwhile it is not known how much of their time was before.
            (TimeSpan Busy, string Name)[] taken =
                [.. after.Where(pair => before.ContainsKey(pair.Key))
                    .Select(pair => (TimeOf(pair.Value) - TimeOf(before[pair.Key]), pair.Value.Name.ToString()))];
            double processors = taken.Sum(static one => one.Busy.TotalSeconds) / between.TotalSeconds;
            if (processors < Quiet)
            {
                if (busiest.Length > 0)
                {
                    Console.WriteLine(
                        Text($"The replay waited {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s for other processes, the busiest of them {busiest}."));
                }

                return;
            }

            busiest = taken.MaxBy(static one => one.Busy).Name;
            if (Stopwatch.GetElapsedTime(start) > s_atMost)
            {
                Console.WriteLine(
                    Text($"Other processes take {100 * processors:F0} % of a processor, the busiest of them {busiest}: the replay is slower beside them."));
                return;
            }

            before = after;
        }
    }

    private static Dictionary<(int, long), ProcessSample> Others(int child)
        => ProcFileSystem.SampleAll()
            .Where(one => one.Pid != Environment.ProcessId && one.Pid != child)
            .ToDictionary(static one => (one.Pid, one.StartTicks));

    private static TimeSpan TimeOf(ProcessSample sample) => sample.UserTime + sample.SystemTime;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
