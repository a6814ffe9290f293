using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Diagnostics;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// read(2) and write(2) that answer EAGAIN instead of waiting, on a descriptor whose flags are not ours to change: the
/// open file description, and with it O_NONBLOCK, may be shared with other processes. A call that does not wait can be
/// followed by a wait that somebody else can end, which a blocked read(2) or write(2) is not.
/// </summary>
/// <param name="descriptor">The descriptor.</param>
/// <param name="access">Which of the two calls.</param>
/// <param name="isPipe">Whether it is a pipe.</param>
/// <param name="outlivesCalls">Whether this is disposed only while no call is at work.</param>
internal sealed unsafe class NonBlockingDescriptor(SafeHandle descriptor, FileAccess access, bool isPipe, bool outlivesCalls = false) : IDisposable
{
    // Standard input may be a socket or a terminal, which poll(2) knows, or a file, which it calls ready at all times.
    private Way _way = isPipe || DescriptorInfo.CanBeWaitedFor(descriptor) ? Way.PerCall : access == FileAccess.Read ? Way.Polled : Way.Blocking;
    private SafeFileHandle? _own;
    private bool _isDisposed;

    // The number of _own where no call needs to hold it, else −1.
    private int _heldNumber = -1;

    private enum Way
    {
        /// <summary>RWF_NOWAIT: for this call alone. Refused for FIFOs, by older kernels and by sandboxes.</summary>
        PerCall,

        /// <summary>The pipe opened once more, through /proc: an open file description of our own, whose flags are ours.</summary>
        OwnDescription,

        /// <summary>
        /// Where that is refused too: poll(2), then at most what a pipe with room is sure to take. Another process that
        /// takes the room in between makes the call wait for its reader.
        /// </summary>
        Polled,

        /// <summary>A file, which has nothing to wait for that poll(2) knew of; or a terminal or socket that takes no flags.</summary>
        Blocking,
    }

    /// <summary>Gets whether a call that moved less than it could has found the pipe full, or empty.</summary>
    internal bool MovesAllItCan => _way is Way.PerCall or Way.OwnDescription;

    /// <summary>Reads what is there.</summary>
    /// <returns>The bytes read, 0 at the end of the stream, or −1 and an error number.</returns>
    internal nint TryRead(void* destination, nuint length, out int errno)
    {
        IoVec segment = new(destination, length);
        return TryRead(new ReadOnlySpan<IoVec>(in segment), out errno);
    }

    /// <summary>Reads what is there into segments, one after another.</summary>
    /// <param name="segments">At least one, at most IOV_MAX.</param>
    /// <param name="errno">0, or why nothing was read.</param>
    /// <returns>The bytes read, 0 at the end of the stream, or −1 and an error number.</returns>
    internal nint TryRead(ReadOnlySpan<IoVec> segments, out int errno)
    {
        Debug.Assert(access == FileAccess.Read, "a read end");
        return TryMove(segments, out errno);
    }

    /// <summary>Writes what fits.</summary>
    /// <returns>The bytes written, or −1 and an error number.</returns>
    internal nint TryWrite(void* source, nuint length, out int errno)
    {
        if (_heldNumber >= 0)
        {
            nint written = Unistd.TryWrite(_heldNumber, source, length, out errno);
            GC.KeepAlive(_own);
            return written;
        }

        IoVec segment = new(source, length);
        return TryWrite(new ReadOnlySpan<IoVec>(in segment), out errno);
    }

    /// <summary>Writes what fits of segments that lie one after another in the stream.</summary>
    /// <param name="segments">At least one, at most IOV_MAX.</param>
    /// <param name="errno">0, or why nothing was written.</param>
    /// <returns>The bytes written, or −1 and an error number.</returns>
    internal nint TryWrite(ReadOnlySpan<IoVec> segments, out int errno)
    {
        Debug.Assert(access == FileAccess.Write, "a write end");
        return TryMove(segments, out errno);
    }

    public void Dispose()
    {
        _heldNumber = -1;
        Volatile.Write(ref _isDisposed, true);
        Volatile.Read(ref _own)?.Dispose();
    }

    private static bool IsRefused(int errno) => errno is Errno.EOPNOTSUPP or Errno.ENOSYS or Errno.EINVAL or Errno.EPERM;

    private nint TryMove(ReadOnlySpan<IoVec> segments, out int errno)
    {
        if (_way == Way.PerCall)
        {
            nint moved = access == FileAccess.Read
                ? SysUio.TryReadNoWait(descriptor, segments, out errno)
                : SysUio.TryWriteNoWait(descriptor, segments, out errno);
            if (!IsRefused(errno))
            {
                return moved;
            }

            _way = isPipe ? Reopen(errno) : access == FileAccess.Read ? Way.Polled : Way.Blocking;
        }

        // Also where no descriptor was left to open: the next call tries again.
        bool polls = _way is Way.Polled or Way.PerCall;
        if (polls && !IsReady())
        {
            errno = Errno.EAGAIN;
            return -1;
        }

        SafeHandle target = _own ?? descriptor;
        if (segments.Length == 1 && !polls)
        {
            // The kernel need not fetch a list of one.
            return TryMove(target, in segments[0], out errno);
        }

        if (access == FileAccess.Read)
        {
            return SysUio.TryReadV(target, segments, out errno);
        }

        if (polls)
        {
            IoVec first = new(segments[0].Address, Math.Min(segments[0].Length, Limits.PIPE_BUF));
            return SysUio.TryWriteV(target, new ReadOnlySpan<IoVec>(in first), out errno);
        }

        return SysUio.TryWriteV(target, segments, out errno);
    }

    private nint TryMove(SafeHandle target, ref readonly IoVec segment, out int errno)
        // SAFETY: the segment is the caller's memory, which stays where it is during the call.
        => access == FileAccess.Read
            ? Unistd.TryRead(target, (void*)segment.Address, segment.Length, out errno)
            : Unistd.TryWrite(target, (void*)segment.Address, segment.Length, out errno);

    private Way Reopen(int refusal)
    {
        using HeldDescriptor held = new(descriptor);

        // ENXIO where a FIFO has no reader, EACCES where the user was changed, ENOENT where /proc is not mounted.
        int flags = (access == FileAccess.Write ? Fcntl.O_WRONLY : Fcntl.O_RDONLY) | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC;
        int own = Fcntl.open(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{held.Number}"), flags, 0);
        if (own < 0 && Marshal.GetLastPInvokeError() is (Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM))
        {
            return Way.PerCall;
        }

        Instruments.CountFallback("RWF_NOWAIT", refusal, descriptor);
        if (own < 0)
        {
            return Way.Polled;
        }

        Volatile.Write(ref _own, new SafeFileHandle(own, ownsHandle: true));
        if (Volatile.Read(ref _isDisposed))
        {
            // Disposed beside this call, and before there was anything to close.
            _own!.Dispose();
        }
        else if (outlivesCalls)
        {
            _heldNumber = own;
        }

        return Way.OwnDescription;
    }

    private bool IsReady()
    {
        using HeldDescriptor held = new(descriptor);

        // SAFETY: poll reads and writes this one struct during the call; the descriptor is kept open.
        Poll.PollFd look = new() { Fd = held.Number, Events = access == FileAccess.Read ? Poll.POLLIN : Poll.POLLOUT };
        return Poll.poll(&look, 1, 0) > 0;
    }
}
