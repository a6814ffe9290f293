using System.Globalization;
using System.Runtime.InteropServices;

namespace VmSplice.Interop;

/// <summary>Says what a descriptor is, for checks and for messages.</summary>
internal static class DescriptorInfo
{
    /// <summary>
    /// The pipe's capacity in bytes, or −1 where the descriptor is no pipe: only pipes have one. A pipe whose capacity a sandbox
    /// does not tell is taken to have the usual one.
    /// </summary>
    internal static int PipeCapacity(SafeHandle handle)
    {
        int capacity = Fcntl.fcntl(handle, Fcntl.F_GETPIPE_SZ, 0);
        return capacity < 0 && Marshal.GetLastPInvokeError() != Errno.EBADF && IsFifo(handle) ? UsualPipeCapacity : capacity;
    }

    /// <summary>Gets what the kernel gives a pipe that nobody sized: 16 pages.</summary>
    internal static int UsualPipeCapacity => 16 * Environment.SystemPageSize;

    /// <summary>Whether poll(2) can wait for the descriptor: a pipe, a socket, or a terminal, not a file.</summary>
    internal static unsafe bool CanBeWaitedFor(SafeHandle handle)
    {
        SysStat.Statx stat;
        byte nothing = 0;

        // SAFETY: an empty path, which means the descriptor itself; the kernel fills the struct during the call.
        return SysStat.statx(handle, &nothing, SysStat.AT_EMPTY_PATH, SysStat.STATX_TYPE, &stat) == 0
            && (stat.Mode & SysStat.S_IFMT) is (SysStat.S_IFIFO or SysStat.S_IFSOCK or SysStat.S_IFCHR);
    }

    internal static bool CanRead(SafeHandle handle) => AccessMode(handle) is Fcntl.O_RDONLY or Fcntl.O_RDWR;

    internal static bool CanWrite(SafeHandle handle) => AccessMode(handle) is Fcntl.O_WRONLY or Fcntl.O_RDWR;

    /// <summary>"descriptor 5 (socket:[123])": what the kernel says that the descriptor refers to.</summary>
    internal static string Describe(SafeHandle handle)
    {
        string number = handle.DangerousGetHandle().ToString(CultureInfo.InvariantCulture);
        try
        {
            return File.ResolveLinkTarget("/proc/self/fd/" + number, returnFinalTarget: false) is { } target
                ? $"descriptor {number} ({Path.GetFileName(target.FullName)})"
                : $"descriptor {number}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"descriptor {number}";
        }
    }

    /// <summary>Whether it is a pipe or a FIFO.</summary>
    internal static unsafe bool IsFifo(SafeHandle handle)
    {
        SysStat.Statx stat;
        byte nothing = 0;

        // SAFETY: an empty path, which means the descriptor itself; the kernel fills the struct during the call.
        return SysStat.statx(handle, &nothing, SysStat.AT_EMPTY_PATH, SysStat.STATX_TYPE, &stat) == 0
            && (stat.Mode & SysStat.S_IFMT) == SysStat.S_IFIFO;
    }

    private static int AccessMode(SafeHandle handle)
    {
        int flags = Fcntl.fcntl(handle, Fcntl.F_GETFL, 0);
        return flags < 0 ? -1 : flags & Fcntl.O_ACCMODE;
    }
}
