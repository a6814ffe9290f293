using System.Globalization;
using System.Runtime.InteropServices;

namespace VmSplice.KernelModes;

/// <summary>
/// Stands in for a kernel whose vmsplice is plain pwritev2(2) and preadv2(2), as was proposed in 2026: takes the calls
/// of the filtered processes from a seccomp listener, and does them by copying.
/// </summary>
internal sealed unsafe class CopyingKernel(int listener)
{
    private const nuint Receive = 0xC050_2100;
    private const nuint Send = 0xC018_2101;
    private const nuint IsStillValid = 0x4008_2102;
    private const int IovMax = 1024;
    private const uint KnownFlags = 15;
    private const uint NonBlockingFlag = 2;
    private const int ChunkLength = 256 * 1024;
    private const int LookAroundMilliseconds = 20;

    [StructLayout(LayoutKind.Sequential)]
    private struct Notification
    {
        internal ulong Id;
        internal int Thread;
        internal uint Flags;
        internal int Number;
        internal uint Architecture;
        internal ulong InstructionPointer;
        internal fixed ulong Arguments[6];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Response
    {
        internal ulong Id;
        internal long Value;
        internal int Error;
        internal uint Flags;
    }

    /// <summary>Answers calls on so many threads, since a call may have to wait for another one.</summary>
    internal void Start(int threads)
    {
        for (int i = 0; i < threads; i++)
        {
            new Thread(Serve) { IsBackground = true }.Start();
        }
    }

    private void Serve()
    {
        byte* chunk = (byte*)NativeMemory.Alloc(ChunkLength);
        while (true)
        {
            Notification notification = default;
            if (Native.ioctl(listener, Receive, &notification) != 0)
            {
                // ENOENT: the caller died meanwhile.
                continue;
            }

            long result = Perform(notification, chunk);
            Response response = new() { Id = notification.Id, Value = Math.Max(result, 0), Error = (int)Math.Min(result, 0) };
            _ = Native.ioctl(listener, Send, &response);
        }
    }

    /// <summary>Does one call. Returns the bytes, or the error number negated.</summary>
    private long Perform(Notification call, byte* chunk)
    {
        uint flags = (uint)call.Arguments[3];
        if ((flags & ~KnownFlags) != 0)
        {
            return -Native.EINVAL;
        }

        int process = ProcessOf(call.Thread);
        int pidfd = (int)Native.syscall(Native.SYS_pidfd_open, process, 0, 0, 0);
        if (pidfd < 0)
        {
            return -Marshal.GetLastPInvokeError();
        }

        int pipe = (int)Native.syscall(Native.SYS_pidfd_getfd, pidfd, (int)call.Arguments[0], 0, 0);
        int errno = Marshal.GetLastPInvokeError();
        _ = Native.close(pidfd);
        if (pipe < 0)
        {
            return -errno;
        }

        try
        {
            if (Native.fcntl(pipe, Native.F_GETPIPE_SZ, 0) < 0)
            {
                return -Native.EBADF;
            }

            if (call.Arguments[2] > IovMax)
            {
                return -Native.EINVAL;
            }

            var segments = new Segments(process, call.Arguments[1], (int)call.Arguments[2]);
            if (segments.Error != 0 || segments.Remaining == 0)
            {
                return -segments.Error;
            }

            int status = Native.fcntl(pipe, Native.F_GETFL, 0);
            bool nonBlocking = (flags & NonBlockingFlag) != 0 || (status & Native.O_NONBLOCK) != 0;
            return (status & Native.O_ACCMODE) == Native.O_RDONLY
                ? Read(call.Id, pipe, segments, chunk, nonBlocking)
                : Write(call.Id, pipe, segments, chunk, nonBlocking);
        }
        finally
        {
            _ = Native.close(pipe);
        }
    }

    private long Write(ulong id, int pipe, Segments segments, byte* chunk, bool nonBlocking)
    {
        long done = 0;
        while (segments.Remaining != 0)
        {
            nint fetched = segments.CopyOut(chunk, ChunkLength);
            if (fetched < 0)
            {
                return done > 0 ? done : -Native.EFAULT;
            }

            Native.Segment local = new() { Address = (ulong)chunk, Length = (ulong)fetched };
            nint written = Native.pwritev2(pipe, &local, 1, -1, Native.RWF_NOWAIT);
            int errno = written < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (errno == Native.EOPNOTSUPP)
            {
                // A FIFO knows no RWF_NOWAIT. Where poll sees room, there is a page of it.
                local.Length = Math.Min(local.Length, (ulong)Environment.SystemPageSize);
                written = IsReady(pipe, Native.POLLOUT) ? Native.pwritev2(pipe, &local, 1, -1, 0) : -1;
                errno = written < 0 ? Native.EAGAIN : 0;
            }

            if (written >= 0)
            {
                segments.Advance((ulong)written);
                done += written;
            }
            else if (errno == Native.EAGAIN && !nonBlocking && Wait(id, pipe, Native.POLLOUT))
            {
                continue;
            }
            else
            {
                return done > 0 ? done : -errno;
            }
        }

        return done;
    }

    private long Read(ulong id, int pipe, Segments segments, byte* chunk, bool nonBlocking)
    {
        while (true)
        {
            Native.Segment local = new() { Address = (ulong)chunk, Length = Math.Min(segments.Remaining, ChunkLength) };
            nint read = Native.preadv2(pipe, &local, 1, -1, Native.RWF_NOWAIT);
            int errno = read < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (errno == Native.EOPNOTSUPP)
            {
                read = IsReady(pipe, Native.POLLIN) ? Native.preadv2(pipe, &local, 1, -1, 0) : -1;
                errno = read < 0 ? Native.EAGAIN : 0;
            }

            if (read >= 0)
            {
                return segments.CopyIn(chunk, read) ? read : -Native.EFAULT;
            }

            if (errno != Native.EAGAIN || nonBlocking || !Wait(id, pipe, Native.POLLIN))
            {
                return -errno;
            }
        }
    }

    private static bool IsReady(int pipe, short events)
    {
        Native.PollFd look = new() { Fd = pipe, Events = events };
        return Native.poll(&look, 1, 0) > 0;
    }

    /// <summary>Waits for the pipe. <see langword="false"/> where the caller has died, and with it the wish.</summary>
    private bool Wait(ulong id, int pipe, short events)
    {
        while (true)
        {
            Native.PollFd wait = new() { Fd = pipe, Events = events };
            if (Native.poll(&wait, 1, LookAroundMilliseconds) != 0)
            {
                return true;
            }

            if (Native.ioctl(listener, IsStillValid, &id) != 0)
            {
                return false;
            }
        }
    }

    // A notification names a thread; pidfd_open wants its process.
    private static int ProcessOf(int thread)
    {
        try
        {
            foreach (string line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{thread}/status")))
            {
                if (line.StartsWith("Tgid:", StringComparison.Ordinal))
                {
                    return int.Parse(line.AsSpan("Tgid:".Length).Trim(), CultureInfo.InvariantCulture);
                }
            }
        }
        catch (IOException)
        {
            // It has died; pidfd_open will say so.
        }

        return thread;
    }
}
