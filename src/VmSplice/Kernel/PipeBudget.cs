using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>
/// How far this process grows pipes that nobody sized. All pipes of a user share fs.pipe-user-pages-soft; once that is used up,
/// every new pipe of that user is tiny, in whatever program. So this process takes a quarter of it, and of what is left each
/// pipe a quarter at most. Root is not limited by the kernel, and is sparing here all the same.
/// </summary>
internal static class PipeBudget
{
    private const int UsualSoftLimitPages = 16_384;
    private const int Part = 4;

    private static readonly SystemSetting SoftLimitPages = new("/proc/sys/fs/pipe-user-pages-soft", UsualSoftLimitPages);
    private static readonly Lock Gate = new();
    private static long _granted;

    /// <summary>Gets the bytes by which this process may grow such pipes, together.</summary>
    internal static long Share => (long)(SoftLimitPages.Value is > 0 and var pages ? pages : UsualSoftLimitPages) * Environment.SystemPageSize / Part;

    /// <summary>Grows a pipe as far as this process is willing and the kernel permits.</summary>
    /// <param name="pipe">An end of it.</param>
    /// <param name="capacity">Its capacity now, in bytes.</param>
    /// <returns>What was granted, to be disposed with the end; nothing where the pipe did not grow.</returns>
    internal static PipeGrant? TryGrow(SafeHandle pipe, int capacity)
    {
        lock (Gate)
        {
            for (int target = PipeLimits.Maximum; target > capacity; target /= 2)
            {
                if (target > (Share - _granted) / Part || Fcntl.fcntl(pipe, Fcntl.F_SETPIPE_SZ, target) < 0)
                {
                    continue;
                }

                _granted += target - capacity;
                return new PipeGrant(target - capacity);
            }
        }

        return null;
    }

    internal static void GiveBack(long bytes)
    {
        lock (Gate)
        {
            _granted -= bytes;
        }
    }
}
