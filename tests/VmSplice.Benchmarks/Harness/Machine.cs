using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Description { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} processors; {File.ReadAllText("/proc/sys/kernel/ostype").Trim()} "
            + $"{File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}; .NET {Environment.Version}; {DateTime.UtcNow:yyyy-MM-dd}");

    private static string Processor()
        => File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? "unknown processor";
}
