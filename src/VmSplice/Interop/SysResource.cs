using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>sys/resource.h: counting the page faults of this thread.</summary>
internal static unsafe partial class SysResource
{
    internal const int RUSAGE_THREAD = 1;

    /// <summary>struct rusage: two timevals and fourteen longs. Only the minor faults are read.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct RUsage
    {
        private fixed long _times[4];
        private fixed long _memory[4];
        internal long MinorFaults;
        private fixed long _rest[9];
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    internal static partial int getrusage(int who, RUsage* usage);
}
