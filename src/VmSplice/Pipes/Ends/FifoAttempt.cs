using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Pipes;

/// <summary>
/// One side of a FIFO that is being opened, attempt by attempt. None of them waits. The reading side is open from the first
/// one on, as in open(2): a writer that comes goes on at once, and is then looked for.
/// </summary>
internal sealed unsafe class FifoAttempt(string path, FileAccess access) : IDisposable
{
    private SafePipeHandle? _readEnd;
    private SafePipeHandle? _scratchReadEnd;
    private SafePipeHandle? _scratchWriteEnd;
    private bool _canTee = true;

    /// <summary>Opens it where the other side is there.</summary>
    internal SafePipeHandle? TryOpen()
    {
        if (access == FileAccess.Write)
        {
            // ENXIO: nobody has it open for reading.
            return TryOpen(Fcntl.O_WRONLY) is { } writeEnd ? Blocking(writeEnd) : null;
        }

        _readEnd ??= TryOpen(Fcntl.O_RDONLY);
        if (_readEnd is null || !HasWriterComeTo(_readEnd))
        {
            return null;
        }

        SafePipeHandle opened = _readEnd;
        _readEnd = null;
        return Blocking(opened);
    }

    public void Dispose()
    {
        _readEnd?.Dispose();
        _scratchReadEnd?.Dispose();
        _scratchWriteEnd?.Dispose();
    }

    private SafePipeHandle? TryOpen(int direction)
    {
        int descriptor = Fcntl.open(path, direction | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC, 0);
        int errno = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return errno switch
        {
            0 => new SafePipeHandle(descriptor, ownsHandle: true),
            Errno.EINTR or Errno.ENXIO => null,
            _ => throw FifoOpening.OpenFailed(path, errno),
        };
    }

    /// <summary>
    /// Whether a writer is there, or was since the first attempt. poll(2) tells of data (POLLIN), and of a writer that has
    /// left already (POLLHUP), but not of one that has written nothing yet. tee(2), which takes nothing out, does: it answers
    /// EAGAIN where somebody may still write, and 0 where nobody has the other side open.
    /// </summary>
    private bool HasWriterComeTo(SafePipeHandle readEnd)
    {
        using HeldDescriptor held = new(readEnd);

        // SAFETY: poll reads and writes this one struct during the call; the descriptor is kept open.
        Poll.PollFd look = new() { Fd = held.Number, Events = Poll.POLLIN };
        return Poll.poll(&look, 1, 0) > 0 || HasIdleWriter(readEnd);
    }

    private bool HasIdleWriter(SafePipeHandle readEnd)
    {
        if (!_canTee)
        {
            return false;
        }

        try
        {
            if (_scratchWriteEnd is null)
            {
                PipeFactory.Create(out _scratchReadEnd, out _scratchWriteEnd);
            }
        }
        catch (SystemCallException)
        {
            // No descriptor is left for it. A writer is noticed by its first byte then.
            _canTee = false;
            return false;
        }

        if (Fcntl.tee(readEnd, _scratchWriteEnd, 1, Fcntl.SPLICE_F_NONBLOCK) >= 0)
        {
            return false;
        }

        int errno = Marshal.GetLastPInvokeError();
        _canTee = errno is Errno.EAGAIN or Errno.EINTR;
        return errno == Errno.EAGAIN;
    }

    /// <summary>Makes it what open(2) would have given. The open file description is our own, and so are its flags.</summary>
    private static SafePipeHandle Blocking(SafePipeHandle handle)
    {
        int flags = Fcntl.fcntl(handle, Fcntl.F_GETFL, 0);
        _ = Fcntl.fcntl(handle, Fcntl.F_SETFL, flags & ~Fcntl.O_NONBLOCK);
        return handle;
    }
}
