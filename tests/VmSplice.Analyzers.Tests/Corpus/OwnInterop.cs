// A program with its own declaration of vmsplice and its own pages.
using System.Runtime.InteropServices;

namespace Corpus.OwnInterop;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct iovec
{
    public void* iov_base;
    public nuint iov_len;
}

public static unsafe partial class Native
{
    public const uint SPLICE_F_NONBLOCK = 2;
    public const uint SPLICE_F_GIFT = 8;
    public const int EINTR = 4;
    public const int EAGAIN = 11;

    [DllImport("libc", SetLastError = true)]
    public static extern nint vmsplice(int fd, iovec* iov, nuint nr_segs, uint flags);

    [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
    public static extern long SpliceSegments(SafeHandle pipe, [In] iovec[] segments, nuint count, uint flags);

    [DllImport("libc", SetLastError = true)]
    public static extern void* mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset);

    [DllImport("libc", SetLastError = true)]
    public static extern int munmap(void* addr, nuint length);

    [DllImport("libc", SetLastError = true)]
    public static extern int poll(int* fds, nuint count, int timeout);
}

public static unsafe class Sender
{
    public static void SendAll(int fd, byte* start, nuint length)
    {
        iovec segment;
        segment.iov_base = start;
        segment.iov_len = length;
        while (segment.iov_len > 0)
        {
            nint sent = Native.vmsplice(fd, &segment, 1, 0);
            if (sent < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error == Native.EINTR)
                {
                    continue;
                }

                throw new IOException($"vmsplice: error {error}");
            }

            segment.iov_base = (byte*)segment.iov_base + sent;
            segment.iov_len -= (nuint)sent;
        }
    }

    public static void SendFresh(int fd, Stream from, int length)
    {
        int page = Environment.SystemPageSize;
        nuint whole = (nuint)((length + page - 1) / page * page);
        byte* memory = (byte*)Native.mmap(null, whole, 3, 0x22, -1, 0);
        if (memory == (byte*)-1)
        {
            throw new OutOfMemoryException();
        }

        from.ReadExactly(new Span<byte>(memory, length));
        SendAll(fd, memory, (nuint)length);
        // The pipe keeps the pages.
        _ = Native.munmap(memory, whole);
    }

    public static bool TrySend(int fd, void* start, nuint length, out nuint sent)
    {
        var segment = new iovec { iov_base = start, iov_len = length };
        nint result = Native.vmsplice(fd, &segment, 1, Native.SPLICE_F_NONBLOCK);
        if (result < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            sent = 0;
            return error == Native.EAGAIN ? false : throw new IOException($"error {error}");
        }

        sent = (nuint)result;
        return true;
    }

    public static int Advance(iovec* segments, int count, nint sent)
    {
        int first = 0;
        while (first < count && (nuint)sent >= segments[first].iov_len)
        {
            sent -= (nint)segments[first].iov_len;
            first++;
        }

        if (first < count)
        {
            segments[first].iov_base = (byte*)segments[first].iov_base + sent;
            segments[first].iov_len -= (nuint)sent;
        }

        return first;
    }

    public static void Gather(int fd, iovec* segments, int count)
    {
        while (count > 0)
        {
            nint sent = Native.vmsplice(fd, segments, (nuint)Math.Min(count, 1024), 0);
            if (sent < 0)
            {
                throw new IOException("vmsplice", Marshal.GetLastPInvokeError());
            }

            int done = Advance(segments, count, sent);
            segments += done;
            count -= done;
        }
    }

    public static long SendArray(SafeHandle pipe, iovec[] segments)
    {
        if (segments.Length > 1024)
        {
            throw new ArgumentException("too many", nameof(segments));
        }

        long sent = Native.SpliceSegments(pipe, segments, (nuint)segments.Length, 0);
        return sent >= 0 ? sent : throw new IOException("vmsplice", Marshal.GetLastPInvokeError());
    }

    public static void GiftRegion(int fd, int pages)
    {
        nuint length = (nuint)(pages * Environment.SystemPageSize);
        void* region = Native.mmap(null, length, 3, 0x22, -1, 0);
        new Span<byte>(region, (int)length).Fill(0xA5);
        iovec segment = new() { iov_base = region, iov_len = length };
        nint sent = Native.vmsplice(fd, &segment, 1, Native.SPLICE_F_GIFT);
        if ((nuint)sent != length)
        {
            throw new IOException($"{sent} bytes of {length}");
        }

        if (Native.munmap(region, length) != 0)
        {
            throw new IOException("munmap", Marshal.GetLastPInvokeError());
        }
    }
}

public sealed unsafe class Loaded
{
    private readonly delegate* unmanaged<int, iovec*, nuint, uint, nint> _vmsplice;

    public Loaded(nint library) => _vmsplice = (delegate* unmanaged<int, iovec*, nuint, uint, nint>)NativeLibrary.GetExport(library, "vmsplice");

    public nint Send(int fd, void* start, nuint length)
    {
        iovec segment = new() { iov_base = start, iov_len = length };
        return _vmsplice(fd, &segment, 1, 0);
    }
}
