using System.Runtime.InteropServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>F_SETPIPE_SZ, for the ways that know nothing of it: all get the same pipe.</summary>
internal static partial class PipeSize
{
    private const int F_SETPIPE_SZ = 1031;

    public static void Set(SafeHandle pipe, int bytes)
    {
        if (bytes != 0 && fcntl(pipe, F_SETPIPE_SZ, bytes) < 0)
        {
            throw new IOException($"F_SETPIPE_SZ {bytes}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fcntl(SafeHandle descriptor, int command, int argument);
}
