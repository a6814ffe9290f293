using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Benchmarks.Workers;

/// <summary>
/// The protocol of a worker, the same as that of <c>Native/peer.c</c>: "ready" once its end is open, then one line of figures for each line "round BYTES".
/// </summary>
internal static class WorkerLoop
{
    /// <param name="round">Moves that many bytes and returns a sum over what it did.</param>
    /// <param name="samples">Where it puts how long each message took, if it looks.</param>
    public static int Run(Func<long, long> round, LatencySamples? samples = null)
    {
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line && line.StartsWith("round ", StringComparison.Ordinal))
        {
            long bytes = long.Parse(line.AsSpan(6), CultureInfo.InvariantCulture);
            samples?.Clear();
            TimeSpan processorTime = ProcessorTime();
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            long sum = round(bytes);
            long end = Stopwatch.GetTimestamp();
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            long spent = (long)(ProcessorTime() - processorTime).TotalNanoseconds;

            // A tick of Stopwatch is a nanosecond of CLOCK_MONOTONIC on Linux, the clock that the C program reads.
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start={start} end={end} cpu={spent} alloc={allocated} sum={sum}{samples}"));
        }

        return 0;
    }

    private static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime;
}
