using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>How large a pipe may be: fs.pipe-max-size, and the pages that this user has left (fs.pipe-user-pages-soft).</summary>
internal static class PipeLimits
{
    private const int UsualMaximum = 1024 * 1024;

    private static readonly SystemSetting MaximumSetting = new("/proc/sys/fs/pipe-max-size", UsualMaximum);

    /// <summary>Gets fs.pipe-max-size in bytes. A privileged process could go beyond; nothing is gained there.</summary>
    internal static int Maximum => MaximumSetting.Value;

    /// <summary>Grows the pipe to the wished size, or to as much of it as is permitted. A pipe never shrinks here.</summary>
    /// <param name="pipe">An end of a pipe.</param>
    /// <param name="wished">Bytes; 0 for as large as permitted.</param>
    /// <returns>The capacity after the attempt, in bytes.</returns>
    internal static int Grow(SafeHandle pipe, int wished)
    {
        int capacity = DescriptorInfo.PipeCapacity(pipe);
        int target = wished == 0 ? Maximum : wished;
        while (target > capacity)
        {
            // EPERM: more than this user may have, or a sandbox. Half of it may still be granted.
            if (Fcntl.fcntl(pipe, Fcntl.F_SETPIPE_SZ, target) >= 0)
            {
                return DescriptorInfo.PipeCapacity(pipe);
            }

            target /= 2;
        }

        return capacity;
    }

    /// <summary>Tries out the largest pipe that this user is given now; 0 where no pipe can be made.</summary>
    internal static int LargestPermitted()
    {
        try
        {
            PipeFactory.Create(out SafePipeHandle readEnd, out SafePipeHandle writeEnd);
            using (readEnd)
            using (writeEnd)
            {
                return Grow(writeEnd, 0);
            }
        }
        catch (SystemCallException)
        {
            return 0;
        }
    }
}
