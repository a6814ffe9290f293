using VmSplice;

namespace Doctor;

/// <summary>Whether fresh memory comes in huge pages, without which an unknown reader is served with write(2).</summary>
internal static class HugePagesCheck
{
    private const string Settings = "/sys/kernel/mm/transparent_hugepage/";

    public static Finding Run()
    {
        KernelSupport kernel = KernelSupport.Current;
        string? enabled = SystemFile.ReadChoice(Settings + "enabled");
        string? defrag = SystemFile.ReadChoice(Settings + "defrag");
        string found = $"{kernel.HugePagesReason} (enabled: {enabled ?? "?"}, defrag: {defrag ?? "?"})";
        return kernel.HugePages
            ? new("huge pages", Verdict.Good, found)
            : new("huge pages", Verdict.Slower, found, WayOut(enabled));
    }

    private static string WayOut(string? enabled)
    {
        if (enabled is null)
        {
            return "a kernel with CONFIG_TRANSPARENT_HUGEPAGE";
        }

        if (enabled == "never")
        {
            return $"echo madvise > {Settings}enabled (as root, on the host)";
        }

        return SystemFile.ReadField("/proc/self/status", "THP_enabled") == "0"
            ? "this process was forbidden huge pages with prctl(PR_SET_THP_DISABLE) by what started it; start it otherwise"
            : "free memory is fragmented: echo 1 > /proc/sys/vm/compact_memory (as root), or a larger memory limit";
    }
}
