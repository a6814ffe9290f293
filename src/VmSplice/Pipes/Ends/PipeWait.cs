using System.Runtime.InteropServices;
using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Readiness;

namespace VmSplice.Pipes;

/// <summary>
/// The one way in which a thread of this library blocks for a pipe: it has tried without waiting, and waits in poll(2) until the
/// descriptor is ready or an object that the call uses is disposed. Whoever comes back looks at both.
/// </summary>
internal static unsafe class PipeWait
{
    /// <summary>Waits until there is room, or the reader has left, or a signal wakes this thread.</summary>
    internal static void ForSpace(SafeHandle handle, DisposalSignal signal, DisposalSignal? other = null)
    {
        Instruments.CountWait(Instruments.Transmit);
        using HeldDescriptor held = new(handle);
        Poll.PollFd wait = new() { Fd = held.Number, Events = Poll.POLLOUT };
        Wait(new Span<Poll.PollFd>(ref wait), signal, other, handle);
    }

    /// <summary>Waits until there is data, or the stream ends, or the signal wakes this thread.</summary>
    internal static void ForData(SafeHandle handle, DisposalSignal signal)
    {
        Instruments.CountWait(Instruments.Receive);
        using HeldDescriptor held = new(handle);
        Poll.PollFd wait = new() { Fd = held.Number, Events = Poll.POLLIN };
        Wait(new Span<Poll.PollFd>(ref wait), signal, other: null, handle);
    }

    /// <summary>Waits until the reader gives memory back, or has left, or a signal wakes this thread.</summary>
    internal static void ForWakeUp(SafeHandle wakeUps, DisposalSignal signal, DisposalSignal other)
    {
        Instruments.CountWait(Instruments.Transmit);
        using HeldDescriptor held = new(wakeUps);
        Poll.PollFd wait = new() { Fd = held.Number, Events = Poll.POLLIN };
        Wait(new Span<Poll.PollFd>(ref wait), signal, other, wakeUps);
    }

    /// <summary>Waits until a pipe has data or ends, or until the target that the data is for is gone, or a signal wakes this thread.</summary>
    /// <returns>Whether the target is gone and there is nothing in the pipe.</returns>
    internal static bool ForDataOrBreak(SafeHandle source, SafeHandle target, bool canBreak, DisposalSignal signal, DisposalSignal? targetSignal)
    {
        Instruments.CountWait(Instruments.Receive);
        using HeldDescriptor from = new(source);
        using HeldDescriptor to = new(target);
        Span<Poll.PollFd> wait =
        [
            new() { Fd = from.Number, Events = Poll.POLLIN },
            new() { Fd = to.Number },
        ];
        Wait(canBreak ? wait : wait[..1], signal, targetSignal, source);
        return wait[0].ReturnedEvents == 0 && wait[1].ReturnedEvents != 0;
    }

    /// <summary>Whether an empty pipe stays empty: every write end is closed.</summary>
    internal static bool IsAtEnd(SafeHandle source) => (Look(source) & (Poll.POLLIN | Poll.POLLHUP)) == Poll.POLLHUP;

    /// <summary>Whether every read end of a pipe is closed, which a write would say by EPIPE.</summary>
    internal static bool IsBroken(SafeHandle target) => (Look(target) & Poll.POLLERR) != 0;

    /// <summary>Whether a read would not wait for bytes, or would find the end.</summary>
    internal static bool HasData(SafeHandle source) => (Look(source) & Poll.POLLIN) != 0;

    /// <summary>Whether a write would not wait for room, or would find that nobody reads.</summary>
    internal static bool HasSpace(SafeHandle target) => Look(target, Poll.POLLOUT) != 0;

    private static short Look(SafeHandle end, short events = Poll.POLLIN)
    {
        using HeldDescriptor held = new(end);
        Poll.PollFd look = new() { Fd = held.Number, Events = events };
        Call(&look, 1, timeoutMilliseconds: 0, end);
        return look.ReturnedEvents;
    }

    private static void Wait(Span<Poll.PollFd> descriptors, DisposalSignal signal, DisposalSignal? other, SafeHandle handle)
    {
        if (!signal.TryBeginWait(out int wake))
        {
            return;
        }

        try
        {
            if (other is null)
            {
                Wait(descriptors, wake, otherWake: null, handle);
            }
            else if (other.TryBeginWait(out int otherWake))
            {
                try
                {
                    Wait(descriptors, wake, otherWake, handle);
                }
                finally
                {
                    other.EndWait(otherWake);
                }
            }
        }
        finally
        {
            signal.EndWait(wake);
        }
    }

    private static void Wait(Span<Poll.PollFd> descriptors, int wake, int? otherWake, SafeHandle handle)
    {
        // SAFETY: poll reads and writes these structs during the call; the callers keep the descriptors open. It looks past −1.
        const int Most = 4;
        Poll.PollFd* all = stackalloc Poll.PollFd[Most];
        Span<Poll.PollFd> waited = new(all, descriptors.Length);
        descriptors.CopyTo(waited);
        all[descriptors.Length] = new() { Fd = wake, Events = Poll.POLLIN };
        all[descriptors.Length + 1] = new() { Fd = otherWake ?? -1, Events = Poll.POLLIN };
        Call(all, (nuint)descriptors.Length + 2, wake < 0 || otherWake < 0 ? DisposalSignal.LookMilliseconds : -1, handle);
        waited.CopyTo(descriptors);
    }

    private static void Call(Poll.PollFd* wait, nuint count, int timeoutMilliseconds, SafeHandle handle)
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
