using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// vmsplice(2) on one pipe. A kernel may refuse a flag that it was not probed with, or the call itself from some moment on.
/// A flag that only says more is left out then; where the call is refused, write(2) has to do it. For whoever has the turn.
/// </summary>
internal sealed class PageSender(SafeHandle pipe)
{
    private bool _refusesGift;
    private bool _refusesNonBlocking;

    /// <summary>Gets whether the kernel refuses the call without any flag.</summary>
    internal bool IsRefused { get; private set; }

    /// <summary>Whether sends with these flags go by write(2).</summary>
    internal bool MustWrite(SpliceFlags flags) => IsRefused || (_refusesNonBlocking && flags.HasFlag(SpliceFlags.NonBlocking));

    /// <summary>One attempt. Ask <see cref="MustWrite"/> after one that failed.</summary>
    /// <returns>The bytes that the pipe accepted, or −1 and an error number.</returns>
    internal nint TryShare(ReadOnlySpan<IoVec> segments, SpliceFlags flags, out int errno)
    {
        if (_refusesGift)
        {
            flags &= ~SpliceFlags.Gift;
        }

        nint accepted = RawPipe.TryVmSplice(pipe, segments, flags, out errno);
        if (accepted >= 0 || !IsRefusal(errno))
        {
            return accepted;
        }

        int refusal = errno;
        if (flags.HasFlag(SpliceFlags.Gift))
        {
            // The pages are given away all the same: this process never uses them again.
            flags &= ~SpliceFlags.Gift;
            accepted = RawPipe.TryVmSplice(pipe, segments, flags, out errno);
            if (accepted >= 0 || !IsRefusal(errno))
            {
                _refusesGift = true;
                Instruments.CountFallback("SPLICE_F_GIFT", refusal, pipe);
                return accepted;
            }
        }

        if (flags.HasFlag(SpliceFlags.NonBlocking))
        {
            // Sends that may wait in the kernel do without the flag, and may still share.
            _refusesNonBlocking = true;
            Instruments.CountFallback("SPLICE_F_NONBLOCK", refusal, pipe);
        }
        else
        {
            IsRefused = true;
            Instruments.CountFallback("vmsplice", refusal, pipe);
        }

        return -1;
    }

    private static bool IsRefusal(int errno) => errno is Errno.EINVAL or Errno.ENOSYS or Errno.EPERM or Errno.EOPNOTSUPP or Errno.EACCES;
}
