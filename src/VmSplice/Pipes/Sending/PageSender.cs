using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// vmsplice(2) on one pipe, without waiting. A kernel may refuse a flag that it was not probed with, or the call itself from
/// some moment on. The gift's flag only says more and is left out then; where the rest is refused, write(2) has to do it. For
/// whoever has the turn.
/// </summary>
internal sealed class PageSender(SafeHandle pipe)
{
    private bool _refusesGift;

    /// <summary>Gets whether the kernel refuses to share pages here: everything goes by write(2) from now on.</summary>
    internal bool IsRefused { get; private set; }

    /// <summary>One attempt, which does not wait. Look at <see cref="IsRefused"/> after one that failed.</summary>
    /// <returns>The bytes that the pipe accepted, or −1 and an error number.</returns>
    internal nint TryShare(ReadOnlySpan<IoVec> segments, SpliceFlags flags, out int errno)
    {
        flags |= SpliceFlags.NonBlocking;
        if (_refusesGift)
        {
            flags &= ~SpliceFlags.Gift;
        }

        nint accepted = Fcntl.TryVmSplice(pipe, segments, flags, out errno);
        if (accepted >= 0 || !IsRefusal(errno))
        {
            return accepted;
        }

        int refusal = errno;
        if (flags.HasFlag(SpliceFlags.Gift))
        {
            // The pages are given away all the same: this process never uses them again.
            accepted = Fcntl.TryVmSplice(pipe, segments, flags & ~SpliceFlags.Gift, out errno);
            if (accepted >= 0 || !IsRefusal(errno))
            {
                _refusesGift = true;
                Instruments.CountFallback("SPLICE_F_GIFT", refusal, pipe);
                return accepted;
            }
        }

        IsRefused = true;
        Instruments.CountFallback("vmsplice", refusal, pipe);
        return -1;
    }

    private static bool IsRefusal(int errno) => errno is Errno.EINVAL or Errno.ENOSYS or Errno.EPERM or Errno.EOPNOTSUPP or Errno.EACCES;
}
