using System.Globalization;
using VmSplice.Benchmarks.Harness;
using VmSplice.Benchmarks.Workers.Events;

namespace VmSplice.Benchmarks.Suites;

/// <summary>
/// A log of a given number of events, once from one process to another in each way of <see cref="TextSuite"/>. What the reader counted must be what this
/// process counts.
/// </summary>
internal static class EventLog
{
    /// <summary>The events of a first log, in which the workers' code is compiled for good; of a short one as many as it has.</summary>
    private const long WarmUp = 500_000;

    /// <returns>The exit code: 1 where a reader counted something else.</returns>
    public static int Run(long events)
    {
        EventCounts expected = EventCounts.Of(events);
        long warmUp = Math.Min(events, WarmUp);
        long expectedWarm = EventCounts.Of(warmUp).Sum;
        Console.WriteLine(Machine.Description);
        ReportTable table = new(["way", "events", "million events/s", "bytes allocated by the writer", "by the reader", "counts"]);
        bool isRight = true;
        foreach (Side side in TextSuite.Sides)
        {
            using WorkerPair pair = new(side);
            bool begins = pair.Run(warmUp * EventWorkers.BytesOfEvent).Reader.Sum == expectedWarm;
            Round round = pair.Run(events * EventWorkers.BytesOfEvent);
            bool counted = begins && round.Reader.Sum == expected.Sum;
            table.Rows.Add(
            [
                side.Name,
                events.ToString("N0", CultureInfo.InvariantCulture),
                Cell.Number(events / round.Seconds / 1e6, 2),
                Cell.Bytes(round.Writer.AllocatedBytes),
                Cell.Bytes(round.Reader.AllocatedBytes),
                counted ? "right" : "WRONG",
            ]);
            isRight &= counted;
        }

        Console.WriteLine(table.ToMarkdown());
        Console.WriteLine($"The counts: {expected}.");
        return isRight ? 0 : 1;
    }
}
