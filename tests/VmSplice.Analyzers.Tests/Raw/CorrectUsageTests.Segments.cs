namespace VmSplice.Analyzers.Tests.Raw;

/// <content>How many segments, how long, and where they lie: gathers and gifts.</content>
public sealed partial class CorrectUsageTests
{
    private static KeyValuePair<string, string>[] Segments =>
    [
        new("header and body gathered", """
            static void Send(SafeHandle pipe, byte* header, byte* body, nuint length)
            {
                ReadOnlySpan<IoVec> v = [new IoVec(header, 16), new IoVec(body, length)];
                nint sent = RawPipe.VmSplice(pipe, v);
                if ((nuint)sent != 16 + length) throw new IOException("short");
            }
            """),
        new("chunks of IOV_MAX", """
            static long Send(SafeHandle pipe, ReadOnlySpan<IoVec> all)
            {
                long total = 0;
                for (int i = 0; i < all.Length; i += RawPipe.IovMax)
                    total += RawPipe.VmSplice(pipe, all.Slice(i, Math.Min(RawPipe.IovMax, all.Length - i)));
                return total;
            }
            """),
        new("chunks by range", """
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
            """),
        new("batch in a fixed array", """
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
            """),
        new("count checked by guard", """
            static nint Send(SafeHandle pipe, List<byte[]> parts, nint* addresses)
            {
                if (parts.Count > RawPipe.IovMax) throw new ArgumentException("too many");
                var v = new IoVec[parts.Count];
                for (int i = 0; i < parts.Count; i++) v[i] = new IoVec(addresses[i], (nuint)parts[i].Length);
                nint n = RawPipe.VmSplice(pipe, v);
                return n;
            }
            """),
        new("ArgumentOutOfRange guard", """
            static nint Send(int fd, iovec* v, int count)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
                return Libc.vmsplice(fd, v, (nuint)count, 0);
            }
            """),
        new("gift of a page buffer", """
            static void Gift(SpliceWriter writer)
            {
                var b = writer.Rent<byte>(16 * Environment.SystemPageSize);
                b.Span.Fill(7);
                writer.Gift(b);
            }
            """),
        new("gift rounded up", """
            static void Gift(SpliceWriter writer, ReadOnlySpan<byte> data)
            {
                int page = Environment.SystemPageSize;
                int size = (data.Length + page - 1) / page * page;
                var b = writer.Rent<byte>(size);
                data.CopyTo(b.Span);
                writer.Gift(b);
            }
            """),
        new("gift rounded by mask", """
            static void Gift(SpliceWriter writer, int length)
            {
                int size = (length + Environment.SystemPageSize - 1) & ~(Environment.SystemPageSize - 1);
                var b = PageBuffer<byte>.Allocate(size);
                writer.Gift(b);
            }
            """),
        new("gift of mmap", """
            static void Gift(int fd)
            {
                nuint size = 4 * (nuint)Environment.SystemPageSize;
                void* m = Libc.mmap(null, size, 3, 0x22, -1, 0);
                iovec v; v.iov_base = m; v.iov_len = size;
                if (Libc.vmsplice(fd, &v, 1, Libc.SPLICE_F_GIFT) != (nint)size) throw new IOException();
            }
            """),
        new("gift page by page", """
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
            """),
        new("gift list of pages", """
            static void Gift(SafeHandle pipe)
            {
                nuint page = (nuint)Environment.SystemPageSize;
                byte* m = (byte*)Libc.mmap(null, 16 * page, 3, 0x22, -1, 0);
                Span<IoVec> v = stackalloc IoVec[16];
                for (int i = 0; i < v.Length; i++) v[i] = new IoVec(m + (nuint)i * page, page);
                nint sent = RawPipe.VmSplice(pipe, v, SpliceFlags.Gift);
                if (sent != 16 * (nint)page) throw new IOException();
            }
            """),
        new("gift after test of alignment", """
            static void Gift(SafeHandle pipe, nint address, nuint length)
            {
                nint page = Environment.SystemPageSize;
                if (address % page != 0 || length % (nuint)page != 0) throw new ArgumentException();
                if (RawPipe.VmSplice(pipe, new IoVec(address, length), SpliceFlags.Gift) != (nint)length) throw new IOException();
            }
            """),
        new("gift of aligned allocation", """
            static void Gift(SafeHandle pipe)
            {
                nuint page = (nuint)Environment.SystemPageSize;
                void* m = NativeMemory.AlignedAlloc(page, page);
                if (RawPipe.VmSplice(pipe, new IoVec(m, page), SpliceFlags.Gift) != (nint)page) throw new IOException();
            }
            """),
        new("page size in a field", """
            static readonly int s_page = Environment.SystemPageSize;
            static void Gift(SpliceWriter writer) { var b = writer.Rent<byte>(2 * s_page); writer.Gift(b); }
            """),
        new("frozen pages sent twice", """
            static void Send(SafeHandle first, SafeHandle second)
            {
                using var frozen = PageBuffer<byte>.Allocate(4096).Freeze();
                var v = new IoVec(frozen.Address, (nuint)frozen.Length);
                if (RawPipe.VmSplice(first, v, SpliceFlags.None) + RawPipe.VmSplice(second, v, SpliceFlags.None) != 8192) throw new IOException();
            }
            """),
        new("pooled list of segments", """
            static nint Send(SafeHandle pipe, int parts, byte* p)
            {
                IoVec[] v = ArrayPool<IoVec>.Shared.Rent(parts);
                int used = Math.Clamp(parts, 1, 256);
                for (int i = 0; i < used; i++) v[i] = new IoVec(p + i * 64, 64);
                nint n = RawPipe.VmSplice(pipe, v.AsSpan(0, used));
                ArrayPool<IoVec>.Shared.Return(v);
                return n;
            }
            """),
    ];
}
