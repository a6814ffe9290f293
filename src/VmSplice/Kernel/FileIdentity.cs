using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>Which file it is that a descriptor refers to, in whatever process.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>Asks the kernel what a descriptor refers to.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="status">Its type, owner and size, too.</param>
    internal static unsafe FileIdentity? TryGet(SafeHandle descriptor, out SysStat.Statx status)
    {
        const uint Wanted = SysStat.STATX_TYPE | SysStat.STATX_UID | SysStat.STATX_INO | SysStat.STATX_SIZE;
        byte nothing = 0;
        fixed (SysStat.Statx* result = &status)
        {
            // SAFETY: an empty path, which means the descriptor itself; the kernel fills the struct during the call.
            return SysStat.statx(descriptor, &nothing, SysStat.AT_EMPTY_PATH, Wanted, result) == 0
                ? new FileIdentity(((ulong)result->DeviceMajor << 32) | result->DeviceMinor, result->Inode)
                : null;
        }
    }
}
