using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>
/// Asks the kernel by doing: send a page, change it, read it back. A version number would lie, because sandboxes forbid
/// the call and kernels were proposed that copy.
/// </summary>
internal static class PageSharingProbe
{
    private const byte Before = 0xB0;
    private const byte After = 0xAF;

    /// <returns>What the call does, why, and whether the next attempt would give the same.</returns>
    /// <exception cref="SystemCallException">There was no descriptor or no memory to try with.</exception>
    internal static unsafe (PageSharing Sharing, string Reason, bool IsFinal) Run()
    {
        if (RuntimeSwitches.SharingIsOff)
        {
            return (PageSharing.Unavailable, $"switched off by {RuntimeSwitches.SharingVariable}=off", IsFinal: true);
        }

        PipeFactory.Create(out SafePipeHandle readEnd, out SafePipeHandle writeEnd);
        using (readEnd)
        using (writeEnd)
        {
            nuint pageSize = (nuint)Environment.SystemPageSize;
            using PageMapping mapping = PageMapping.Map(pageSize, hugePages: false);

            // SAFETY: the mapping is this method's own and one page long; the reader of the pipe is this method as well.
            byte* page = (byte*)mapping.Address;
            *page = Before;
            IoVec segment = new(page, pageSize);
            if (Fcntl.TryVmSplice(writeEnd, new ReadOnlySpan<IoVec>(in segment), SpliceFlags.NonBlocking, out int errno) < 0)
            {
                bool isFinal = errno is not (Errno.ENOMEM or Errno.EINTR or Errno.EAGAIN);
                return (PageSharing.Unavailable, $"vmsplice answers {Errno.Name(errno)}: {WhyRefused(errno)}", isFinal);
            }

            Volatile.Write(ref *page, After);
            byte seen = 0;
            if (Unistd.read(readEnd, &seen, 1) != 1)
            {
                return (PageSharing.Unavailable, $"a page that vmsplice accepted could not be read back: "
                    + $"{Errno.Name(Marshal.GetLastPInvokeError())}", IsFinal: false);
            }

            Debug.Assert(seen is Before or After, "a byte that nobody wrote");
            return seen == After
                ? (PageSharing.SharesPages, "the reader sees the sender's own pages", IsFinal: true)
                : (PageSharing.Copies, "this kernel's vmsplice copies", IsFinal: true);
        }
    }

    private static string WhyRefused(int errno) => errno switch
    {
        Errno.EPERM => "forbidden here, most likely by a container's seccomp profile",
        Errno.ENOSYS => "this kernel or sandbox does not have it",
        _ => "this kernel does not take it",
    };
}
