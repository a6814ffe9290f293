using System.Globalization;

namespace Doctor;

/// <summary>How much memory the process may have: a writer keeps 4 to 8 MiB of pages, more where single buffers are that long.</summary>
internal static class MemoryCheck
{
    private const long Tight = 128L * 1024 * 1024;

    public static Finding Run()
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string processors = Environment.ProcessorCount == 1 ? "processor" : "processors";
        string found = string.Create(
            CultureInfo.InvariantCulture,
            $"{available / (1024 * 1024)} MiB for this process (machine and cgroup), {Environment.ProcessorCount} {processors}, "
                + $"pages of {Environment.SystemPageSize} bytes");
        return available >= Tight
            ? new("memory", Verdict.Good, found)
            : new("memory", Verdict.Slower, found, "a higher memory limit (docker run --memory, systemd MemoryMax): huge pages are not given out near it");
    }
}
