namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>The raw call: its memory, its result, its flags.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AlignedBlockFreedInFinally"] = """
            public static unsafe class ThumbnailSender
            {
                public static void Send(SafeHandle pipe, int width, int height)
                {
                    nuint size = (nuint)(width * height * 4);
                    byte* pixels = (byte*)NativeMemory.AllocZeroed(size);
                    try
                    {
                        for (nuint i = 3; i < size; i += 4)
                            pixels[i] = 0xFF;

                        if ((nuint)RawPipe.VmSplice(pipe, new IoVec(pixels, size), SpliceFlags.None) < size)
                            throw new IOException("thumbnail cut");
                    }
                    finally
                    {
                        NativeMemory.Free(pixels); //~VMS2007
                    }
                }
            }
            """,
        ["CaptureBodyGiftedBehindItsHeader"] = """
            public readonly record struct Region(nint Start, nuint Bytes)
            {
                public nint End => Start + (nint)Bytes;
            }

            public sealed class CaptureForwarder(SafeHandle pipe)
            {
                private const int HeaderBytes = 24;

                public void Forward(PageBuffer<byte> capture)
                {
                    Region body = new(capture.Address + HeaderBytes, 2 * 65536);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(body.Start, body.Bytes), SpliceFlags.Gift); //~VMS3001
                    if (sent != (nint)body.Bytes)
                        throw new IOException("short gift");
                }
            }
            """,
        ["GiftRoundedUpTo4096"] = """
            public sealed class SegmentStore(SpliceWriter disk)
            {
                public int Store(ReadOnlySpan<byte> record)
                {
                    int whole = (record.Length + 4095) & ~4095; //~VMS3005
                    using PageBuffer<byte> pages = disk.Rent<byte>(whole);
                    record.CopyTo(pages.Span);
                    disk.Gift(pages);
                    return whole - record.Length;
                }
            }
            """,
        ["HandleFreedInFinally"] = """
            public static class SnapshotSender
            {
                public static void Send(SafeHandle pipe, int cells)
                {
                    double[] grid = new double[cells];
                    for (int i = 0; i < cells; i++)
                        grid[i] = Math.Sin(i);

                    GCHandle pin = GCHandle.Alloc(grid, GCHandleType.Pinned);
                    try
                    {
                        nint length = cells * sizeof(double);
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject(), (nuint)length), SpliceFlags.None); //~VMS2006
                        if (sent != length)
                            throw new IOException("short");
                    }
                    finally
                    {
                        pin.Free();
                    }
                }
            }
            """,
        ["HeaderAndBodyShareBytes"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public static unsafe class DatagramSender
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                // A datagram is 20 bytes of header and 1,024 of payload, one behind the other.
                public static void Send(int pipe, byte* datagram)
                {
                    iovec* parts = stackalloc iovec[2];
                    parts[0].iov_base = datagram;
                    parts[0].iov_len = 20;
                    parts[1].iov_base = datagram + 16;
                    parts[1].iov_len = 1024;
                    nint sent = vmsplice(pipe, parts, 2, 0); //~VMS3006
                    if (sent != 1044)
                        throw new IOException("datagram cut");
                }
            }
            """,
        ["MemoryPinnedByUsingHandle"] = """
            public sealed unsafe class KeyFrameSender(SafeHandle pipe)
            {
                public void Send(ReadOnlySpan<byte> encoded)
                {
                    Memory<byte> copy = new byte[encoded.Length];
                    encoded.CopyTo(copy.Span);
                    using MemoryHandle pin = copy.Pin();
                    if (RawPipe.VmSplice(pipe, new IoVec(pin.Pointer, (nuint)copy.Length), SpliceFlags.None) != copy.Length) //~VMS2006
                        throw new IOException("the key frame did not fit");
                }
            }
            """,
        ["MessageHeaderStructOnTheStack"] = """
            [StructLayout(LayoutKind.Sequential)]
            public struct WireHeader { public int Kind; public int Length; public long Sequence; }

            public sealed unsafe class WireSender(SafeHandle pipe)
            {
                private long _sequence;

                public void Send(int kind, nint body, int length)
                {
                    WireHeader header = new() { Kind = kind, Length = length, Sequence = ++_sequence };
                    nint all = sizeof(WireHeader) + length;
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(&header, (nuint)sizeof(WireHeader)), new IoVec(body, (nuint)length)]); //~VMS2005
                    if (sent != all)
                        throw new IOException($"{sent} of {all} bytes");
                }
            }
            """,
        ["OneSegmentForEachScanLine"] = """
            public sealed class ScanLineSender(SafeHandle pipe)
            {
                private const int Width = 1920;
                private const int Height = 1080;

                // The rows have gaps between them (stride), so each is a segment.
                public void Send(nint image, int stride)
                {
                    IoVec[] rows = new IoVec[Height];
                    for (int y = 0; y < rows.Length; y++)
                        rows[y] = new IoVec(image + y * stride, Width * 4);

                    nint sent = RawPipe.VmSplice(pipe, rows); //~VMS3003
                    if (sent != Height * Width * 4)
                        throw new IOException($"{sent} bytes of a frame");
                }
            }
            """,
        ["PacketsBoundedByTooLargeANumber"] = """
            public unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public sealed unsafe class PacketBurst(int pipe)
            {
                private const int MostSegments = 4096;

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                public int Send(iovec[] packets)
                {
                    int count = Math.Min(packets.Length, MostSegments);
                    nint expected = 0;
                    for (int i = 0; i < count; i++)
                        expected += (nint)packets[i].iov_len;

                    fixed (iovec* first = packets)
                    {
                        nint sent = vmsplice(pipe, first, (nuint)count, 0); //~VMS3004
                        if (sent != expected)
                            throw new IOException($"{sent} of {expected} bytes");
                    }

                    return count;
                }
            }
            """,
        ["PageBufferDisposedUnderRawCall"] = """
            public sealed class RawBlockSender(SafeHandle pipe)
            {
                public int Failures { get; private set; }

                public void Send(ReadOnlySpan<long> values)
                {
                    PageBuffer<long> block = PageBuffer<long>.Allocate(values.Length);
                    values.CopyTo(block.Span);
                    nint length = values.Length * sizeof(long);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(block.Address, (nuint)length), SpliceFlags.None);
                    block.Dispose(); //~VMS2007
                    if (sent != length)
                    {
                        Failures++;
                        throw new IOException("the pipe took a part only");
                    }
                }
            }
            """,
    };
}
