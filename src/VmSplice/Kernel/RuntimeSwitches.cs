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

    internal static bool SharingIsOff { get; } =
        string.Equals(Environment.GetEnvironmentVariable(SharingVariable), "off", StringComparison.OrdinalIgnoreCase);

    internal static bool InPlaceIsOff { get; } = SharingIsOff
        || string.Equals(Environment.GetEnvironmentVariable(SharingVariable), "pipe", StringComparison.OrdinalIgnoreCase);

    internal static bool Guard { get; } = Environment.GetEnvironmentVariable(GuardVariable) == "1";
}
