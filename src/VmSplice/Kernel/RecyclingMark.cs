using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Kernel;

/// <summary>
/// Says at the pipe itself that a sender reuses its pages once they are read, so that whoever is asked to pass them on,
/// in whatever process, knows that it must copy. The mark is the inode's write-lifetime hint (fcntl(2), F_SET_RW_HINT),
/// "short": every descriptor of the pipe sees it, and nothing in the kernel uses it for a pipe.
/// </summary>
/// <remarks>
/// It stays when the sender closes: what it sent may still be in the pipe, and copying is always right. Only the pipe's
/// owner may set it (EPERM for another user); a sender that cannot set it must not recycle.
/// </remarks>
internal static unsafe class RecyclingMark
{
    /// <summary>Marks the pipe.</summary>
    /// <returns>Whether the pipe is marked now.</returns>
    internal static bool TrySet(SafeHandle pipe)
    {
        ulong hint = Fcntl.RWH_WRITE_LIFE_SHORT;

        // SAFETY: the kernel reads one 64-bit number during the call.
        if (Fcntl.fcntl(pipe, Fcntl.F_SET_RW_HINT, (nint)(&hint)) == 0)
        {
            return true;
        }

        Instruments.CountFallback("recycling", Marshal.GetLastPInvokeError(), pipe);
        return false;
    }

    /// <summary>Whether a sender of this pipe may recycle. A kernel that does not say is taken to mean yes.</summary>
    internal static bool IsSet(SafeHandle pipe)
    {
        ulong hint = 0;

        // SAFETY: the kernel fills one 64-bit number during the call.
        return Fcntl.fcntl(pipe, Fcntl.F_GET_RW_HINT, (nint)(&hint)) != 0 || hint == Fcntl.RWH_WRITE_LIFE_SHORT;
    }
}
