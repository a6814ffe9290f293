using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Waits with poll(2) on a descriptor that answered EAGAIN. Somebody set O_NONBLOCK on the open file description, which
/// other processes share: it is not ours to clear.
/// </summary>
internal static class PipeWait
{
    internal static void ForSpace(SafeHandle handle) => Wait(handle, Poll.POLLOUT);

    internal static void ForData(SafeHandle handle) => Wait(handle, Poll.POLLIN);

    private static unsafe void Wait(SafeHandle handle, short events)
    {
        bool added = false;
        try
        {
            handle.DangerousAddRef(ref added);

            // SAFETY: poll reads and writes this one struct during the call; the descriptor is kept open by the reference.
            Poll.PollFd wait = new() { Fd = (int)handle.DangerousGetHandle(), Events = events };
            while (Poll.poll(&wait, 1, -1) < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR)
                {
                    throw SystemCallException.Create("poll", errno, DescriptorInfo.Describe(handle));
                }
            }
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }
}
