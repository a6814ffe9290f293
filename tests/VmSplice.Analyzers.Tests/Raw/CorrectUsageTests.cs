using VmSplice.Analyzers.Segments;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Raw;

/// <summary>Correct, realistic use of the raw call: no rule of this family has anything to say.</summary>
public sealed class CorrectUsageTests
{
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task CorrectUse_IsSilent(string name)
        => await AnalyzerTest.VerifyAsync(
            RawSource.Method("", Sources[name]), RawSource.Options,
            new SegmentAnalyzer(), new RawResultAnalyzer(), new UselessFlagAnalyzer(), new ErrorNumberAnalyzer(), new ForwardedStreamAnalyzer());

    public static TheoryData<string> Cases() => [.. Sources.Keys];

    internal static Dictionary<string, string> Sources { get; } = new()
    {
        ["send all of a span, runtime"] = """
            static void SendAll(SafeHandle pipe, byte* start, nuint length)
            {
                nuint done = 0;
                while (done < length)
                    done += (nuint)RawPipe.VmSplice(pipe, new IoVec(start + done, length - done), SpliceFlags.None);
            }
            """,
        ["send all, own declaration"] = """
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
            """,
        ["result returned"] = "static nint Send(int fd, iovec* v, nuint count) => Libc.vmsplice(fd, v, count, Libc.SPLICE_F_NONBLOCK);",
        ["result returned from block"] = "static long Send(int fd, iovec* v, nuint count, uint flags) { return Libc.vmsplice(fd, v, count, flags); }",
        ["out parameter"] = "static bool TrySend(int fd, iovec* v, out nint sent) { sent = Libc.vmsplice(fd, v, 1, 2); return sent >= 0; }",
        ["exact comparison throws"] = """
            static void Send(SafeHandle pipe, byte* p, nuint length)
            {
                nint sent = RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.None);
                if ((nuint)sent != length) throw new IOException($"sent {sent} of {length}");
            }
            """,
        ["header and body gathered"] = """
            static void Send(SafeHandle pipe, byte* header, byte* body, nuint length)
            {
                ReadOnlySpan<IoVec> v = [new IoVec(header, 16), new IoVec(body, length)];
                nint sent = RawPipe.VmSplice(pipe, v);
                if ((nuint)sent != 16 + length) throw new IOException("short");
            }
            """,
        ["chunks of IOV_MAX"] = """
            static long Send(SafeHandle pipe, ReadOnlySpan<IoVec> all)
            {
                long total = 0;
                for (int i = 0; i < all.Length; i += RawPipe.IovMax)
                    total += RawPipe.VmSplice(pipe, all.Slice(i, Math.Min(RawPipe.IovMax, all.Length - i)));
                return total;
            }
            """,
        ["chunks by range"] = """
            static long Send(SafeHandle pipe, ReadOnlySpan<IoVec> all)
            {
                long total = 0;
                while (!all.IsEmpty)
                {
                    var now = all[..Math.Min(all.Length, 512)];
                    total += RawPipe.VmSplice(pipe, now);
                    all = all[now.Length..];
                }
                return total;
            }
            """,
        ["batch in a fixed array"] = """
            readonly IoVec[] _batch = new IoVec[64];
            int _used;
            void Add(SafeHandle pipe, byte* p, nuint length)
            {
                _batch[_used++] = new IoVec(p, length);
                if (_used == _batch.Length) Flush(pipe);
            }
            void Flush(SafeHandle pipe)
            {
                nint sent = RawPipe.VmSplice(pipe, _batch.AsSpan(0, _used));
                if (sent != 64) throw new IOException();
                _used = 0;
            }
            """,
        ["count checked by guard"] = """
            static nint Send(SafeHandle pipe, List<byte[]> parts, nint* addresses)
            {
                if (parts.Count > RawPipe.IovMax) throw new ArgumentException("too many");
                var v = new IoVec[parts.Count];
                for (int i = 0; i < parts.Count; i++) v[i] = new IoVec(addresses[i], (nuint)parts[i].Length);
                nint n = RawPipe.VmSplice(pipe, v);
                return n;
            }
            """,
        ["ArgumentOutOfRange guard"] = """
            static nint Send(int fd, iovec* v, int count)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
                return Libc.vmsplice(fd, v, (nuint)count, 0);
            }
            """,
        ["gift of a page buffer"] = """
            static void Gift(SpliceWriter writer)
            {
                var b = writer.Rent<byte>(16 * Environment.SystemPageSize);
                b.Span.Fill(7);
                writer.Gift(b);
            }
            """,
        ["gift rounded up"] = """
            static void Gift(SpliceWriter writer, ReadOnlySpan<byte> data)
            {
                int page = Environment.SystemPageSize;
                int size = (data.Length + page - 1) / page * page;
                var b = writer.Rent<byte>(size);
                data.CopyTo(b.Span);
                writer.Gift(b);
            }
            """,
        ["gift rounded by mask"] = """
            static void Gift(SpliceWriter writer, int length)
            {
                int size = (length + Environment.SystemPageSize - 1) & ~(Environment.SystemPageSize - 1);
                var b = PageBuffer<byte>.Allocate(size);
                writer.Gift(b);
            }
            """,
        ["gift of mmap"] = """
            static void Gift(int fd)
            {
                nuint size = 4 * (nuint)Environment.SystemPageSize;
                void* m = Libc.mmap(null, size, 3, 0x22, -1, 0);
                iovec v; v.iov_base = m; v.iov_len = size;
                if (Libc.vmsplice(fd, &v, 1, Libc.SPLICE_F_GIFT) != (nint)size) throw new IOException();
            }
            """,
        ["gift page by page"] = """
            static void Gift(SafeHandle pipe)
            {
                nuint page = (nuint)Environment.SystemPageSize;
                byte* m = (byte*)Libc.mmap(null, 8 * page, 3, 0x22, -1, 0);
                for (int i = 0; i < 8; i++)
                {
                    if (RawPipe.VmSplice(pipe, new IoVec(m, page), SpliceFlags.Gift) != (nint)page) throw new IOException();
                    m += page;
                }
            }
            """,
        ["gift list of pages"] = """
            static void Gift(SafeHandle pipe)
            {
                nuint page = (nuint)Environment.SystemPageSize;
                byte* m = (byte*)Libc.mmap(null, 16 * page, 3, 0x22, -1, 0);
                Span<IoVec> v = stackalloc IoVec[16];
                for (int i = 0; i < v.Length; i++) v[i] = new IoVec(m + (nuint)i * page, page);
                nint sent = RawPipe.VmSplice(pipe, v, SpliceFlags.Gift);
                if (sent != 16 * (nint)page) throw new IOException();
            }
            """,
        ["gift after test of alignment"] = """
            static void Gift(SafeHandle pipe, nint address, nuint length)
            {
                nint page = Environment.SystemPageSize;
                if (address % page != 0 || length % (nuint)page != 0) throw new ArgumentException();
                if (RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.Gift) != (nint)length) throw new IOException();
            }
            """,
        ["gift of aligned allocation"] = """
            static void Gift(SafeHandle pipe)
            {
                nuint page = (nuint)Environment.SystemPageSize;
                void* m = NativeMemory.AlignedAlloc(page, page);
                if (RawPipe.VmSplice(pipe, new IoVec(m, page), SpliceFlags.Gift) != (nint)page) throw new IOException();
            }
            """,
        ["page size in a field"] = """
            static readonly int s_page = Environment.SystemPageSize;
            static void Gift(SpliceWriter writer) { var b = writer.Rent<byte>(2 * s_page); writer.Gift(b); }
            """,
        ["frozen pages sent twice"] = """
            static void Send(SafeHandle first, SafeHandle second)
            {
                using var frozen = PageBuffer<byte>.Allocate(4096).Freeze();
                var v = new IoVec(frozen.Address, (nuint)frozen.Length);
                if (RawPipe.VmSplice(first, v, SpliceFlags.None) + RawPipe.VmSplice(second, v, SpliceFlags.None) != 8192) throw new IOException();
            }
            """,
        ["receive into a page buffer"] = """
            static nint Receive(SplicePipe pipe)
            {
                var b = PageBuffer<byte>.Allocate(65536);
                return RawPipe.VmSplice(pipe.ReadHandle, new IoVec(b.Address, (nuint)b.Length), SpliceFlags.None);
            }
            """,
        ["receive and scatter"] = """
            static void Receive(int fd, byte* header, byte* body)
            {
                iovec* v = stackalloc iovec[2];
                v[0].iov_base = header; v[0].iov_len = 16;
                v[1].iov_base = body; v[1].iov_len = 4080;
                nint n = Libc.vmsplice(fd, v, 2, 0);
                if (n != 4096) throw new IOException();
            }
            """,
        ["pipe(2) write end"] = """
            static void Send(byte* p)
            {
                int* fds = stackalloc int[2];
                if (Libc.pipe(fds) < 0) throw new IOException("pipe", Marshal.GetLastPInvokeError());
                iovec v = new iovec { iov_base = p, iov_len = 100 };
                nint n = Libc.vmsplice(fds[1], &v, 1, 0);
                if (n != 100) throw new IOException();
            }
            """,
        ["anonymous pipe server"] = """
            static void Send(byte* p)
            {
                using var server = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
                nint n = RawPipe.VmSplice(server.SafePipeHandle, new IoVec(p, 64), SpliceFlags.None);
                if (n != 64) throw new IOException();
            }
            """,
        ["anonymous pipe client"] = """
            static void Send(string handle, byte* p)
            {
                using var client = new AnonymousPipeClientStream(PipeDirection.Out, handle);
                if (RawPipe.VmSplice(client.SafePipeHandle, new IoVec(p, 64), SpliceFlags.None) != 64) throw new IOException();
            }
            """,
        ["standard output"] = """
            static void Send(byte* p)
            {
                using var output = new SafeFileHandle(1, ownsHandle: false);
                if (RawPipe.VmSplice(output, new IoVec(p, 64), SpliceFlags.None) != 64) throw new IOException();
            }
            """,
        ["FIFO by path"] = """
            static SpliceWriter Open(string path) => SpliceWriter.Open(File.OpenHandle(path, FileMode.Open, FileAccess.Write));
            """,
        ["splice to file after vmsplice"] = """
            static void Send(SplicePipe pipe, SafeFileHandle file, byte* p)
            {
                nint n = RawPipe.VmSplice(pipe.WriteHandle, new IoVec(p, 4096), SpliceFlags.None);
                nint moved = Libc.splice((int)pipe.ReadHandle.DangerousGetHandle(), null, (int)file.DangerousGetHandle(), null, (nuint)n, Libc.SPLICE_F_MOVE | Libc.SPLICE_F_MORE);
                if (moved != n) throw new IOException();
            }
            """,
        ["forwarding with an unknown reader"] = """
            static void Forward(SplicePipe pipe, int to)
            {
                using var w = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Unknown });
                Libc.tee((int)pipe.ReadHandle.DangerousGetHandle(), to, 4096, 0);
            }
            """,
        ["copying reader that reads"] = """
            static void Copy(SplicePipe pipe)
            {
                using var w = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
                using var r = pipe.OpenReader();
                r.Read(new byte[16]);
            }
            """,
        ["poll when full"] = """
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
            """,
        ["error number at once"] = """
            static void Send(int fd, iovec* v)
            {
                nint n = Libc.vmsplice(fd, v, 1, 0);
                int error = n < 0 ? Marshal.GetLastPInvokeError() : 0;
                Console.WriteLine(n);
                if (error != 0 || n != 100) throw new IOException("vmsplice", error);
            }
            """,
        ["error message at once"] = """
            static void Send(int fd, iovec* v)
            {
                if (Libc.vmsplice(fd, v, 1, 0) != 100) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            }
            """,
        ["Win32Exception"] = """
            static void Send(int fd, iovec* v)
            {
                if (Libc.vmsplice(fd, v, 1, 0) != 100) throw new System.ComponentModel.Win32Exception(Marshal.GetLastWin32Error());
            }
            """,
        ["discard on purpose"] = "static void Nudge(SafeHandle pipe, byte* p) => _ = RawPipe.VmSplice(pipe, new IoVec(p, 1), SpliceFlags.NonBlocking);",
        ["probe the kernel"] = """
            static bool Works(int fd, byte* page)
            {
                iovec v = new() { iov_base = page, iov_len = 1 };
                return Libc.vmsplice(fd, &v, 1, 0) == 1;
            }
            """,
        ["function pointer"] = """
            static readonly delegate* unmanaged<int, iovec*, nuint, uint, nint> s_vmsplice =
                (delegate* unmanaged<int, iovec*, nuint, uint, nint>)NativeLibrary.GetExport(NativeLibrary.Load("libc"), "vmsplice");
            static nint Send(int fd, iovec* v) => s_vmsplice(fd, v, 1, 0);
            """,
        ["system call"] = """
            [DllImport("libc", SetLastError = true)] static extern long syscall(long number, int fd, iovec* v, nuint count, uint flags);
            static long Send(int fd, iovec* v) => syscall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 75 : 278, fd, v, 1, 0);
            """,
        ["lambda counts"] = """
            static void Send(SafeHandle pipe, nint address)
            {
                Func<nuint, nint> send = length => RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.None);
                long total = 0;
                for (nuint i = 1; i < 5; i++) total += send(i);
                if (total != 10) throw new IOException();
            }
            """,
        ["local function and finally"] = """
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
                nuint Once(nuint at) => (nuint)RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject() + (nint)at, (nuint)data.Length - at), SpliceFlags.None);
            }
            """,
        ["benchmark loop"] = """
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
            """,
        ["switch on the result"] = """
            static bool Send(SafeHandle pipe, byte* p, nuint length) => RawPipe.VmSplice(pipe, new IoVec(p, length), SpliceFlags.NonBlocking) switch
            {
                0 => false,
                var n when (nuint)n == length => true,
                _ => throw new IOException(),
            };
            """,
        ["by reference"] = """
            [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)] static extern nint One(SafeHandle pipe, ref iovec v, nuint count, uint flags);
            static void Send(SafeHandle pipe, byte* p)
            {
                var v = new iovec { iov_base = p, iov_len = 32 };
                if (One(pipe, ref v, 1, 0) != 32) throw new IOException();
            }
            """,
        ["pooled list of segments"] = """
            static nint Send(SafeHandle pipe, int parts, byte* p)
            {
                IoVec[] v = ArrayPool<IoVec>.Shared.Rent(parts);
                int used = Math.Clamp(parts, 1, 256);
                for (int i = 0; i < used; i++) v[i] = new IoVec(p + i * 64, 64);
                nint n = RawPipe.VmSplice(pipe, v.AsSpan(0, used));
                ArrayPool<IoVec>.Shared.Return(v);
                return n;
            }
            """,
    };
}
