namespace VmSplice.Analyzers.Tests.Raw;

/// <content>What is done with the result and the error number, and how the call is written.</content>
public sealed partial class CorrectUsageTests
{
    private static KeyValuePair<string, string>[] Transfers =>
    [
        new("send all of a span, runtime", """
            static void SendAll(SafeHandle pipe, byte* start, nuint length)
            {
                nuint done = 0;
                while (done < length)
                    done += (nuint)RawPipe.VmSplice(pipe, new IoVec(start + done, length - done), SpliceFlags.None);
            }
            """),
        new("send all, own declaration", """
            static void SendAll(int fd, byte* start, nuint length)
            {
                while (length > 0)
                {
                    iovec v; v.iov_base = start; v.iov_len = length;
                    nint n = Libc.vmsplice(fd, &v, 1, 0);
                    if (n < 0)
                    {
                        int error = Marshal.GetLastPInvokeError();
                        if (error == 4) continue;
                        throw new IOException("vmsplice", error);
                    }
                    start += n;
                    length -= (nuint)n;
                }
            }
            """),
        new("result returned", "static nint Send(int fd, iovec* v, nuint count) => Libc.vmsplice(fd, v, count, Libc.SPLICE_F_NONBLOCK);"),
        new("result returned from block", "static long Send(int fd, iovec* v, nuint count, uint flags) { return Libc.vmsplice(fd, v, count, flags); }"),
        new("out parameter", "static bool TrySend(int fd, iovec* v, out nint sent) { sent = Libc.vmsplice(fd, v, 1, 2); return sent >= 0; }"),
        new("exact comparison throws", """
            static void Send(SafeHandle pipe, byte* p, nuint length)
            {
                nint sent = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);
                if ((nuint)sent != length) throw new IOException($"sent {sent} of {length}");
            }
            """),
        new("poll when full", """
            static void Send(int fd, iovec* v)
            {
                while (true)
                {
                    nint n = Libc.vmsplice(fd, v, 1, Libc.SPLICE_F_NONBLOCK);
                    if (n >= 0 && (nuint)n == v->iov_len) return;
                    if (n < 0)
                    {
                        int error = Marshal.GetLastPInvokeError();
                        if (error != 11) throw new IOException("vmsplice", error);
                        if (Libc.poll(null, 0, -1) < 0) throw new IOException("poll", Marshal.GetLastPInvokeError());
                        continue;
                    }
                    v->iov_base = (byte*)v->iov_base + n;
                    v->iov_len -= (nuint)n;
                }
            }
            """),
        new("error number at once", """
            static void Send(int fd, iovec* v)
            {
                nint n = Libc.vmsplice(fd, v, 1, 0);
                int error = n < 0 ? Marshal.GetLastPInvokeError() : 0;
                Console.WriteLine(n);
                if (error != 0 || n != 100) throw new IOException("vmsplice", error);
            }
            """),
        new("error message at once", """
            static void Send(int fd, iovec* v)
            {
                if (Libc.vmsplice(fd, v, 1, 0) != 100) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            }
            """),
        new("Win32Exception", """
            static void Send(int fd, iovec* v)
            {
                if (Libc.vmsplice(fd, v, 1, 0) != 100) throw new System.ComponentModel.Win32Exception(Marshal.GetLastWin32Error());
            }
            """),
        new("discard on purpose", "static void Nudge(SafeHandle pipe, byte* p) => _ = RawPipe.VmSplice(pipe, new IoVec(p, 1), SpliceFlags.NonBlocking);"),
        new("probe the kernel", """
            static bool Works(int fd, byte* page)
            {
                iovec v = new() { iov_base = page, iov_len = 1 };
                return Libc.vmsplice(fd, &v, 1, 0) == 1;
            }
            """),
        new("function pointer", """
            static readonly delegate* unmanaged<int, iovec*, nuint, uint, nint> s_vmsplice =
                (delegate* unmanaged<int, iovec*, nuint, uint, nint>)NativeLibrary.GetExport(NativeLibrary.Load("libc"), "vmsplice");
            static nint Send(int fd, iovec* v) => s_vmsplice(fd, v, 1, 0);
            """),
        new("system call", """
            [DllImport("libc", SetLastError = true)] static extern long syscall(long number, int fd, iovec* v, nuint count, uint flags);
            static long Send(int fd, iovec* v) => syscall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 75 : 278, fd, v, 1, 0);
            """),
        new("lambda counts", """
            static void Send(SafeHandle pipe, nint address)
            {
                Func<nuint, nint> send = length => RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.None);
                long total = 0;
                for (nuint i = 1; i < 5; i++) total += send(i);
                if (total != 10) throw new IOException();
            }
            """),
        new("local function and finally", """
            static void Send(SafeHandle pipe, byte[] data)
            {
                var pin = GCHandle.Alloc(data, GCHandleType.Pinned);
                try
                {
                    nuint done = 0;
                    while (done < (nuint)data.Length) done += Once(done);
                }
                finally
                {
                    pin.Free();
                }
                nuint Once(nuint at)
                    => (nuint)RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject() + (nint)at, (nuint)data.Length - at), SpliceFlags.None);
            }
            """),
        new("benchmark loop", """
            static long Run(SafeHandle pipe, CancellationToken stop)
            {
                // For ever: the pages are in the pipe when this returns.
                static PageBuffer<byte>[] Pages() => [PageBuffer<byte>.Allocate(1 << 20), PageBuffer<byte>.Allocate(1 << 20)];
                var pages = Pages();
                var (a, b) = (pages[0], pages[1]);
                long total = 0;
                for (int round = 0; !stop.IsCancellationRequested; round++)
                {
                    nint address = (round & 1) == 0 ? a.Address : b.Address;
                    for (nint at = 0; at < 1 << 20;)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec(address + at, (nuint)((1 << 20) - at)), SpliceFlags.None);
                        at += n;
                        total += n;
                    }
                }
                return total;
            }
            """),
        new("switch on the result", """
            static bool Send(SafeHandle pipe, byte* p, nuint length) => RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.NonBlocking) switch
            {
                0 => false,
                var n when (nuint)n == length => true,
                _ => throw new IOException(),
            };
            """),
        new("by reference", """
            [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)] static extern nint One(SafeHandle pipe, ref iovec v, nuint count, uint flags);
            static void Send(SafeHandle pipe, byte* p)
            {
                var v = new iovec { iov_base = p, iov_len = 32 };
                if (One(pipe, ref v, 1, 0) != 32) throw new IOException();
            }
            """),
    ];
}
