using System.Globalization;

namespace VmSplice.AnalyzerCost;

/// <summary>What one run of the compiler took: on the clock, and of the processors.</summary>
internal readonly record struct CompilerRun(TimeSpan Wall, TimeSpan Processor)
{
    /// <summary>Of all processes that this one started and waited for, by proc(5): in hundredths of a second.</summary>
    public static TimeSpan ProcessorTimeOfChildren()
    {
        const int UserTime = 13;
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (Ticks(fields[UserTime]) + Ticks(fields[UserTime + 1])));
    }

    private static double Ticks(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
