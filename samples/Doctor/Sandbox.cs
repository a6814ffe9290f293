namespace Doctor;

/// <summary>The sandbox that this process runs in, as far as it shows.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="SeccompFilters">How many filters look at each call; 0 for none.</param>
internal sealed record Sandbox(SandboxKind Kind, int SeccompFilters)
{
    private const string FilterMode = "2";

    public static Sandbox Current { get; } = new(FindKind(), CountFilters());

    public bool HasSeccompFilter => SeccompFilters > 0;

    private static SandboxKind FindKind()
    {
        // The version that gVisor claims, whatever the host has.
        if (SystemFile.Read("/proc/version") is { } version)
        {
            if (version.Contains("Sun Jan 10 15:06:54 PST 2016", StringComparison.Ordinal))
            {
                return SandboxKind.GVisor;
            }

            if (version.Contains("microsoft", StringComparison.OrdinalIgnoreCase))
            {
                return SandboxKind.Wsl;
            }
        }

        // Podman and systemd-nspawn set the variable; Docker and Podman leave a file.
        return Environment.GetEnvironmentVariable("container") switch
        {
            "podman" => SandboxKind.Podman,
            { Length: > 0 } => SandboxKind.OtherContainer,
            _ when File.Exists("/run/.containerenv") => SandboxKind.Podman,
            _ when File.Exists("/.dockerenv") => SandboxKind.Docker,
            _ when Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is not null => SandboxKind.OtherContainer,
            _ => SandboxKind.None,
        };
    }

    // Linux 5.10 and newer count; before, there is only the mode.
    private static int CountFilters()
        => SystemFile.ReadField("/proc/self/status", "Seccomp") != FilterMode ? 0
            : int.TryParse(SystemFile.ReadField("/proc/self/status", "Seccomp_filters"), out int filters) ? filters : 1;
}
