using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>The processors of this machine.</summary>
internal static class Processors
{
    /// <summary>
    /// Gets whether another process can run while this one tries again and again. Of the machine, not of this process: the other side may
    /// run where this one may not.
    /// </summary>
    internal static bool HasOthers { get; } = Unistd.sysconf(Unistd._SC_NPROCESSORS_ONLN) > 1;
}
