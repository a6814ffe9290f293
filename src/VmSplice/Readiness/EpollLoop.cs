using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Readiness;

/// <summary>
/// The one thread of this process that waits for descriptors, whatever their number: epoll(7). It starts with the first
/// wait and runs nothing but the hand-over to the thread pool.
/// </summary>
/// <remarks>
/// An event names a slot by its index. A late event may find the slot with a later owner; it then wakes somebody who
/// tries in vain and waits again, which is harmless, so there are no generations.
/// </remarks>
internal sealed unsafe class EpollLoop
{
    internal const string ThreadName = "VmSplice epoll";

    private const int EventsAtOnce = 256;

    private static readonly Lock Starting = new();
    private static EpollLoop? _current;

    private readonly Lock _gate = new();
    private readonly Stack<WatchSlot> _free = [];
    private readonly SafeFileHandle _epoll;
    private WatchSlot[] _slots = [];

    private EpollLoop(SafeFileHandle epoll) => _epoll = epoll;

    /// <summary>Gets the loop, and starts it where nobody has.</summary>
    /// <exception cref="SystemCallException">epoll_create1(2) failed (EMFILE).</exception>
    internal static EpollLoop Current => Volatile.Read(ref _current) ?? Start();

    /// <summary>Takes a slot for a descriptor.</summary>
    internal WatchSlot Reserve()
    {
        lock (_gate)
        {
            if (_free.TryPop(out WatchSlot? slot))
            {
                return slot;
            }

            WatchSlot[] larger = new WatchSlot[Math.Max(16, _slots.Length * 2)];
            _slots.CopyTo(larger, 0);
            for (int i = larger.Length - 1; i >= _slots.Length; i--)
            {
                larger[i] = new WatchSlot(i);
                _free.Push(larger[i]);
            }

            // The loop may still look into the smaller array: it has every slot that has an event yet.
            Volatile.Write(ref _slots, larger);
            return _free.Pop();
        }
    }

    /// <summary>Gives a slot back, in which nobody waits any more.</summary>
    internal void Release(WatchSlot slot)
    {
        lock (_gate)
        {
            _free.Push(slot);
        }
    }

    /// <summary>epoll_ctl(2) for a slot. Takes effect at once, also while the loop waits.</summary>
    /// <returns>0, or the error number.</returns>
    internal int Control(int operation, SafeHandle descriptor, uint events, WatchSlot slot)
    {
        // SAFETY: the kernel reads one event, which this frame has room for, during the call.
        byte* @event = stackalloc byte[SysEpoll.EventSize];
        SysEpoll.SetEvent(@event, events, (ulong)slot.Index);
        return SysEpoll.epoll_ctl(_epoll, operation, descriptor, @event) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private static EpollLoop Start()
    {
        lock (Starting)
        {
            if (_current is not null)
            {
                return _current;
            }

            int descriptor = SysEpoll.epoll_create1(SysEpoll.EPOLL_CLOEXEC);
            if (descriptor < 0)
            {
                throw SystemCallException.Create("epoll_create1", Marshal.GetLastPInvokeError(), "the event loop of this process");
            }

            var loop = new EpollLoop(new SafeFileHandle(descriptor, ownsHandle: true));
            new Thread(loop.Run) { IsBackground = true, Name = ThreadName }.UnsafeStart();
            Volatile.Write(ref _current, loop);
            return loop;
        }
    }

    private void Run()
    {
        // SAFETY: the kernel fills at most so many events, during the call; the memory lives as long as the thread.
        byte* events = stackalloc byte[EventsAtOnce * SysEpoll.EventSize];
        while (true)
        {
            int count = SysEpoll.epoll_wait(_epoll, events, EventsAtOnce, timeoutMilliseconds: -1);
            if (count < 0 && Marshal.GetLastPInvokeError() is int errno and not Errno.EINTR)
            {
                // Only a damaged descriptor table gets here; nobody would ever be woken again.
                Environment.FailFast($"The event loop of VmSplice lost its descriptor: epoll_wait answers {Errno.Name(errno)}. Does somebody close "
                    + "descriptors that are not theirs?");
            }

            WatchSlot[] slots = Volatile.Read(ref _slots);
            for (int i = 0; i < count; i++)
            {
                slots[SysEpoll.DataOf(events + (i * SysEpoll.EventSize))].Watch?.Signal();
            }
        }
    }
}
