using System.Globalization;

namespace VmSplice.Kernel;

/// <summary>The environment variables that this library reads, once, at first use.</summary>
internal static class RuntimeSwitches
{
    /// <summary>
    /// <c>off</c>: never share pages, send everything with write(2). <c>pipe</c>: share them through the pipe alone, with vmsplice(2); no
    /// stream is read in place.
    /// </summary>
    internal const string SharingVariable = "VMSPLICE_SHARING";

    /// <summary><c>1</c>: pages that were sent become inaccessible until they are reused, so that a stale access faults on its line.</summary>
    internal const string GuardVariable = "VMSPLICE_GUARD";

    /// <summary>
    /// The bytes of a stream after which its reader is invited to read in place. Memory that both processes map costs a fault for each page in either
    /// one: some 15 ms for a stream where a hypervisor keeps page tables of its own. So a stream must have shown that it is long.
    /// </summary>
    internal const string InPlaceAfterVariable = "VMSPLICE_IN_PLACE_AFTER";

    /// <summary>
    /// What is sent by then took about as long as the memory costs where that is dearest (docs/performance.md, "When a stream goes in place").
    /// </summary>
    private const long DefaultInPlaceAfter = 64 * 1024 * 1024;

    internal static bool SharingIsOff { get; } =
        string.Equals(Environment.GetEnvironmentVariable(SharingVariable), "off", StringComparison.OrdinalIgnoreCase);

    internal static bool InPlaceIsOff { get; } = SharingIsOff
        || string.Equals(Environment.GetEnvironmentVariable(SharingVariable), "pipe", StringComparison.OrdinalIgnoreCase);

    internal static long InPlaceAfter { get; } =
        long.TryParse(Environment.GetEnvironmentVariable(InPlaceAfterVariable), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? bytes : DefaultInPlaceAfter;

    internal static bool Guard { get; } = Environment.GetEnvironmentVariable(GuardVariable) == "1";
}
