using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Waits until the other side of a FIFO is there. Without a limit open(2) itself waits. A wait that can be ended looks again
/// and again instead, because a thread in open(2) cannot be woken without opening the other side, which others would see.
/// </summary>
internal static class FifoOpening
{
    /// <summary>The first and the longest wait between two looks, in milliseconds.</summary>
    private const int ShortestWait = 1;
    private const int LongestWait = 20;

    /// <summary>Opens one side in this thread.</summary>
    /// <exception cref="TimeoutException">Nobody opened the other side in time.</exception>
    internal static SafePipeHandle Open(string path, FileAccess access, TimeSpan? timeout, CancellationToken cancellation)
    {
        Deadline deadline = new(timeout);
        Check(path);
        if (deadline.IsNever && !cancellation.CanBeCanceled)
        {
            return OpenBlocking(path, access);
        }

        using FifoAttempt attempt = new(path, access);
        for (int wait = ShortestWait; ; wait = Math.Min(2 * wait, LongestWait))
        {
            cancellation.ThrowIfCancellationRequested();
            if (attempt.TryOpen() is { } handle)
            {
                return handle;
            }

            _ = cancellation.WaitHandle.WaitOne(deadline.Limit(wait, path, access));
        }
    }

    /// <summary>The same without a thread that waits.</summary>
    internal static async Task<SafePipeHandle> OpenAsync(string path, FileAccess access, TimeSpan? timeout, CancellationToken cancellation)
    {
        Deadline deadline = new(timeout);
        cancellation.ThrowIfCancellationRequested();
        Check(path);
        using FifoAttempt attempt = new(path, access);
        for (int wait = ShortestWait; ; wait = Math.Min(2 * wait, LongestWait))
        {
            if (attempt.TryOpen() is { } handle)
            {
                return handle;
            }

            await Task.Delay(deadline.Limit(wait, path, access), cancellation).ConfigureAwait(false);
        }
    }

    internal static ArgumentException NoFifo(string path, Exception? inner = null)
        => new($"'{path}' is not a FIFO. Make one with SplicePipe.CreateFifo, or: mkfifo {path}; for files use a FileStream.", nameof(path), inner);

    internal static Exception OpenFailed(string path, int errno) => errno == Errno.ENOENT
        ? new FileNotFoundException($"There is no FIFO '{path}'. Make one with SplicePipe.CreateFifo, or: mkfifo {path}", path)
        : SystemCallException.Create("open", errno, $"the FIFO '{path}'");

    /// <summary>Looks what the path is, without opening it: to open a device may do something, and a socket looks like a FIFO without a reader.</summary>
    private static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        int descriptor = Fcntl.open(path, Fcntl.O_PATH | Fcntl.O_CLOEXEC, 0);
        if (descriptor < 0)
        {
            throw OpenFailed(path, Marshal.GetLastPInvokeError());
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!DescriptorInfo.IsFifo(handle))
        {
            throw NoFifo(path);
        }
    }

    private static SafePipeHandle OpenBlocking(string path, FileAccess access)
    {
        int flags = (access == FileAccess.Write ? Fcntl.O_WRONLY : Fcntl.O_RDONLY) | Fcntl.O_CLOEXEC;
        while (true)
        {
            int descriptor = Fcntl.open(path, flags, 0);
            if (descriptor >= 0)
            {
                return new SafePipeHandle(descriptor, ownsHandle: true);
            }

            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
            {
                throw OpenFailed(path, errno);
            }
        }
    }

    /// <summary>When to give up.</summary>
    private readonly struct Deadline
    {
        private readonly TimeSpan _timeout;
        private readonly long _start = Environment.TickCount64;

        internal Deadline(TimeSpan? timeout)
        {
            _timeout = timeout ?? Timeout.InfiniteTimeSpan;
            if (!IsNever)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(_timeout, TimeSpan.Zero, nameof(timeout));
            }
        }

        internal bool IsNever => _timeout == Timeout.InfiniteTimeSpan;

        /// <summary>How long to wait until the next look.</summary>
        internal int Limit(int wait, string path, FileAccess access)
        {
            double left = IsNever ? double.MaxValue : _timeout.TotalMilliseconds - (Environment.TickCount64 - _start);
            return left > 0
                ? (int)Math.Min(wait, Math.Ceiling(left))
                : throw new TimeoutException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Nobody opened the FIFO '{path}' for {(access == FileAccess.Write ? "reading" : "writing")} within {_timeout.TotalSeconds} s."));
        }
    }
}
