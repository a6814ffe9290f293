using System.Globalization;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>
/// Asks whether a region that is advised MADV_HUGEPAGE really gets a huge page: touching a second page of it must not
/// fault. The setting alone does not tell, since prctl, cgroups and fragmentation have a say.
/// </summary>
internal static class HugePageProbe
{
    private const string SettingsFolder = "/sys/kernel/mm/transparent_hugepage/";
    private const int UsualSize = 2 * 1024 * 1024;

    private static readonly SystemSetting SizeSetting = new(SettingsFolder + "hpage_pmd_size", UsualSize);

    internal static int Size => SizeSetting.Value is > 0 and var size ? size : UsualSize;

    /// <exception cref="SystemCallException">No memory could be mapped now.</exception>
    internal static unsafe (bool Available, string Reason) Run()
    {
        if (SystemFile.TryRead(SettingsFolder + "enabled", out string setting, out _) && setting.Contains("[never]", StringComparison.Ordinal))
        {
            return (false, "transparent huge pages are set to never (" + SettingsFolder + "enabled); set madvise or always");
        }

        int size = Size;
        using PageMapping mapping = PageMapping.Map((nuint)size, hugePages: true);

        // SAFETY: the mapping is this method's own and so many bytes long.
        byte* region = (byte*)mapping.Address;
        region[0] = 1;
        long before = MinorFaults();
        int pages = 0;
        for (int offset = Environment.SystemPageSize; offset < size; offset += size / 8)
        {
            region[offset] = 1;
            pages++;
        }

        long faults = MinorFaults() - before;
        return faults < pages
            ? (true, string.Create(CultureInfo.InvariantCulture, $"transparent huge pages of {size / 1024} KiB"))
            : (false, "the kernel gave small pages although huge ones were advised (memory fragmented, or forbidden by prctl)");
    }

    private static unsafe long MinorFaults()
    {
        // SAFETY: the kernel fills exactly one struct rusage; its size is asserted against the C compiler by a test.
        SysResource.RUsage usage;
        return SysResource.getrusage(SysResource.RUSAGE_THREAD, &usage) == 0 ? usage.MinorFaults : 0;
    }
}
