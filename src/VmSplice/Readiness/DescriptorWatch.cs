using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Readiness;

/// <summary>
/// One descriptor in the loop, and the one operation that waits for it. Registered one-shot at the first wait and armed
/// anew for each: one system call a wait. The descriptor's flags stay as they are.
/// </summary>
internal sealed class DescriptorWatch : IDisposable
{
    private const int LongestDelayMilliseconds = 20;

    private readonly Lock _gate = new();
    private readonly SafeHandle _descriptor;
    private readonly uint _events;
    private SlotLease? _lease;
    private SafeFileHandle? _duplicate;
    private bool _isRegistered;
    private int _asking;
    private bool _isDisposed;
    private ReadinessWaiter? _waiter;
    private volatile ReadinessWaiter? _signalled;

    private DescriptorWatch(SafeHandle descriptor, uint events)
    {
        _descriptor = descriptor;
        _events = events | SysEpoll.EPOLLONESHOT;
    }

    private SafeHandle Registered => _duplicate ?? _descriptor;

    /// <summary>Watches for data to read, or for the end of the stream.</summary>
    internal static DescriptorWatch ForData(SafeHandle descriptor) => new(descriptor, SysEpoll.EPOLLIN);

    /// <summary>Watches for room to write, or for the reader's leaving.</summary>
    internal static DescriptorWatch ForSpace(SafeHandle descriptor) => new(descriptor, SysEpoll.EPOLLOUT);

    /// <summary>Watches for the other side's leaving alone, which is always told.</summary>
    internal static DescriptorWatch ForBreak(SafeHandle descriptor) => new(descriptor, 0);

    /// <summary>Lets an operation wait. It resumes on the thread pool; at once where the descriptor is ready.</summary>
    /// <param name="waiter">The operation.</param>
    /// <param name="cancellation">Its token.</param>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    internal WaitStart Wait(ReadinessWaiter waiter, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_isDisposed || waiter.IsEnded)
            {
                return WaitStart.Disposed;
            }

            if (cancellation.IsCancellationRequested)
            {
                return WaitStart.Canceled;
            }

            Debug.Assert(_waiter is null, "one operation waits at a time");
            bool added = false;
            try
            {
                // A descriptor that was closed meanwhile would never be heard of again.
                _descriptor.DangerousAddRef(ref added);
                _waiter = waiter;
                try
                {
                    _lease ??= new SlotLease(EpollLoop.Current.Reserve());
                    _lease.Slot.Watch = this;
                    Arm(_lease.Slot);
                }
                catch (SystemCallException e)
                {
                    // No descriptor left, or fs.epoll.max_user_watches reached. The next wait tries again.
                    Instruments.CountFallback(e.Call, e.ErrorNumber, _descriptor);
                    _ = AskRepeatedlyAsync(++_asking);
                }

                Instruments.CountWait((_events & SysEpoll.EPOLLIN) != 0 ? Instruments.Receive : Instruments.Transmit);
                return WaitStart.Waiting;
            }
            catch
            {
                if (added)
                {
                    Clear();
                }

                throw;
            }
        }
    }

    /// <summary>Takes an operation out. <see langword="false"/> where it does not wait here.</summary>
    internal bool TryWithdraw(ReadinessWaiter waiter)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_waiter, waiter))
            {
                return false;
            }

            Clear();
            return true;
        }
    }

    /// <summary>Ends whatever operation waits, and goes on being of use.</summary>
    internal void Interrupt() => Take()?.Abandon();

    /// <summary>Called by the loop.</summary>
    internal void Signal()
    {
        if (Take() is { } waiter)
        {
            _signalled = waiter;
            waiter.QueueToPool();
        }
    }

    /// <summary>Gets what the loop has handed to the pool last. It may be done long ago.</summary>
    internal ReadinessWaiter? LastSignalled => _signalled;

    /// <summary>Leaves the loop, and ends whatever operation waits. Call it before the descriptor is closed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            Unregister();
        }

        Interrupt();
        _duplicate?.Dispose();
        _lease?.Dispose();
    }

    private ReadinessWaiter? Take()
    {
        lock (_gate)
        {
            ReadinessWaiter? waiter = _waiter;
            if (waiter is not null)
            {
                Clear();
            }

            return waiter;
        }
    }

    private void Clear()
    {
        _waiter = null;
        if (_lease is not null)
        {
            _lease.Slot.Watch = null;
        }

        _descriptor.DangerousRelease();
    }

    /// <summary>What the loop would do, by asking the kernel every few milliseconds: slower, and without a descriptor.</summary>
    private async Task AskRepeatedlyAsync(int asking)
    {
        for (int delay = 1; ; delay = Math.Min(delay * 2, LongestDelayMilliseconds))
        {
            await Task.Delay(delay).ConfigureAwait(false);
            lock (_gate)
            {
                if (_waiter is null || _asking != asking)
                {
                    return;
                }

                if (!IsReady())
                {
                    continue;
                }
            }

            Signal();
            return;
        }
    }

    private unsafe bool IsReady()
    {
        // SAFETY: poll reads and writes this one struct during the call; whoever waits here keeps the descriptor open.
        Poll.PollFd look = new() { Fd = (int)_descriptor.DangerousGetHandle(), Events = (short)(_events & (SysEpoll.EPOLLIN | SysEpoll.EPOLLOUT)) };
        return Poll.poll(&look, 1, 0) != 0;
    }

    private void Arm(WatchSlot slot)
    {
        if (_isRegistered)
        {
            // ENOENT: the owner closed the descriptor and got the same number for another file.
            int modified = EpollLoop.Current.Control(SysEpoll.EPOLL_CTL_MOD, Registered, _events, slot);
            if (modified == 0)
            {
                return;
            }

            if (modified != Errno.ENOENT)
            {
                throw Failed(modified);
            }
        }

        int added = EpollLoop.Current.Control(SysEpoll.EPOLL_CTL_ADD, Registered, _events, slot);
        if (added == Errno.EEXIST)
        {
            // Another reader or writer of this process watches the same descriptor; the loop tells them apart by number.
            int number = Fcntl.fcntl(_descriptor, Fcntl.F_DUPFD_CLOEXEC, 0);
            if (number < 0)
            {
                throw SystemCallException.Create("fcntl", Marshal.GetLastPInvokeError(), DescriptorInfo.Describe(_descriptor));
            }

            _duplicate = new SafeFileHandle(number, ownsHandle: true);
            added = EpollLoop.Current.Control(SysEpoll.EPOLL_CTL_ADD, _duplicate, _events, slot);
        }

        _isRegistered = added == 0;
        if (added != 0)
        {
            throw Failed(added);
        }
    }

    private void Unregister()
    {
        if (!_isRegistered)
        {
            return;
        }

        try
        {
            _ = EpollLoop.Current.Control(SysEpoll.EPOLL_CTL_DEL, Registered, 0, _lease!.Slot);
        }
        catch (ObjectDisposedException)
        {
            // Its owner closed it before, and with the last descriptor of a file its registration goes.
        }
    }

    private SystemCallException Failed(int errno) => SystemCallException.Create("epoll_ctl", errno, DescriptorInfo.Describe(_descriptor));

    /// <summary>The place in the loop. Most descriptors never wait there, and an object to be finalized costs more than they do.</summary>
    private sealed class SlotLease(WatchSlot slot) : IDisposable
    {
        // Forgotten undisposed. Nobody waits here, or the slot would have kept the watch, and that this.
        ~SlotLease() => EpollLoop.Current.Release(slot);

        internal WatchSlot Slot => slot;

        public void Dispose()
        {
            GC.SuppressFinalize(this);
            EpollLoop.Current.Release(slot);
        }
    }
}
