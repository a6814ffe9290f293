using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Waits with poll(2) on a descriptor that answered EAGAIN. Somebody set O_NONBLOCK on the open file description, which
/// other processes share: it is not ours to clear.
/// </summary>
internal static class PipeWait
{
    internal static void ForSpace(SafeHandle handle)
    {
        Instruments.CountWait(Instruments.Transmit);
        Wait(handle, Poll.POLLOUT);
    }

    internal static void ForData(SafeHandle handle)
    {
        Instruments.CountWait(Instruments.Receive);
        Wait(handle, Poll.POLLIN);
    }

    /// <summary>Whether an empty pipe stays empty: every write end is closed.</summary>
    internal static bool IsAtEnd(SafeHandle source)
        => (Wait(source, Poll.POLLIN, timeoutMilliseconds: 0) & (Poll.POLLIN | Poll.POLLHUP)) == Poll.POLLHUP;

    /// <summary>Whether a read would not wait for bytes, or would find the end.</summary>
    internal static bool HasData(SafeHandle source) => (Wait(source, Poll.POLLIN, timeoutMilliseconds: 0) & Poll.POLLIN) != 0;

    /// <summary>Waits until a pipe has data or ends, or until the target that the data is for is gone.</summary>
    /// <returns>Whether the target is gone and there is nothing in the pipe.</returns>
    internal static unsafe bool ForDataOrBreak(SafeHandle source, SafeHandle target, ForwardTargetKind kind)
    {
        if (kind is not (ForwardTargetKind.Pipe or ForwardTargetKind.StreamSocket))
        {
            ForData(source);
            return false;
        }

        Instruments.CountWait(Instruments.Receive);
        using HeldDescriptor from = new(source);
        using HeldDescriptor to = new(target);

        // SAFETY: poll reads and writes these two structs during the call; the descriptors are kept open.
        Poll.PollFd* wait = stackalloc Poll.PollFd[2];
        wait[0] = new() { Fd = from.Number, Events = Poll.POLLIN };
        wait[1] = new() { Fd = to.Number };
        Call(wait, 2, -1, source);
        return wait[0].ReturnedEvents == 0 && wait[1].ReturnedEvents != 0;
    }

    private static unsafe short Wait(SafeHandle handle, short events, int timeoutMilliseconds = -1)
    {
        using HeldDescriptor descriptor = new(handle);

        // SAFETY: poll reads and writes this one struct during the call; the descriptor is kept open.
        Poll.PollFd wait = new() { Fd = descriptor.Number, Events = events };
        Call(&wait, 1, timeoutMilliseconds, handle);
        return wait.ReturnedEvents;
    }

    private static unsafe void Call(Poll.PollFd* wait, nuint count, int timeoutMilliseconds, SafeHandle handle)
    {
        while (Poll.poll(wait, count, timeoutMilliseconds) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
            {
                throw SystemCallException.Create("poll", errno, DescriptorInfo.Describe(handle));
            }
        }
    }
}
