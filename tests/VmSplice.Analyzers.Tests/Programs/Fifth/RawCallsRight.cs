namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>The raw call, and right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AnonymousMappingUnmappedBehindTheCall"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public static unsafe class MappedSender
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                [DllImport("libc", SetLastError = true)]
                private static extern void* mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

                [DllImport("libc", SetLastError = true)]
                private static extern int munmap(void* address, nuint length);

                // Private anonymous pages: the pipe keeps its own reference when the mapping goes.
                public static void Send(int pipe, ReadOnlySpan<byte> bytes)
                {
                    nuint length = (nuint)bytes.Length;
                    void* pages = mmap(null, length, 3, 0x22, -1, 0);
                    if (pages == (void*)-1)
                        throw new OutOfMemoryException();

                    bytes.CopyTo(new Span<byte>(pages, bytes.Length));
                    iovec segment = new() { iov_base = pages, iov_len = length };
                    nint sent = vmsplice(pipe, &segment, 1, 0);
                    munmap(pages, length);
                    if (sent != bytes.Length)
                        throw new IOException($"{sent} of {length} bytes");
                }
            }
            """,
        ["CaptureBodyOnAPageOfItsOwn"] = """
            public readonly record struct Region(nint Start, nuint Bytes);

            public sealed class CaptureForwarder(SafeHandle pipe)
            {
                // The header has the first page for itself.
                public void Forward(PageBuffer<byte> capture, int bodyPages)
                {
                    int page = Environment.SystemPageSize;
                    Region body = new(capture.Address + page, (nuint)bodyPages * (nuint)page);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(body.Start, body.Bytes), SpliceFlags.Gift);
                    if (sent != (nint)body.Bytes)
                        throw new IOException("short gift");
                }
            }
            """,
        ["ErrorNumberKeptThenLogged"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public sealed unsafe class LoggedSender(int pipe, TextWriter log)
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                private static (nint Taken, int Error) Try(int pipe, iovec* segment)
                {
                    nint taken = vmsplice(pipe, segment, 1, 0);
                    return (taken, taken < 0 ? Marshal.GetLastPInvokeError() : 0);
                }

                public void Send(byte* data, nuint length)
                {
                    iovec segment = new() { iov_base = data, iov_len = length };
                    while (segment.iov_len > 0)
                    {
                        (nint taken, int error) = Try(pipe, &segment);
                        if (taken < 0)
                        {
                            log.WriteLine($"{segment.iov_len} bytes left of {length}");
                            if (error == 4)
                                continue;
                            throw new IOException("vmsplice", error);
                        }

                        segment.iov_base = (byte*)segment.iov_base + taken;
                        segment.iov_len -= (nuint)taken;
                    }
                }
            }
            """,
        ["HandleHeldAsLongAsTheProcess"] = """
            public sealed class SineTable
            {
                private static readonly double[] s_values = Compute();

                // Never freed: whoever reads the pipe may be late.
                private static readonly GCHandle s_pin = GCHandle.Alloc(s_values, GCHandleType.Pinned);

                private static double[] Compute()
                {
                    double[] values = new double[8192];
                    for (int i = 0; i < values.Length; i++)
                        values[i] = Math.Sin(i * Math.PI / 4096);
                    return values;
                }

                public void Send(SafeHandle pipe)
                {
                    nint length = s_values.Length * sizeof(double);
                    if (RawPipe.VmSplice(pipe, new IoVec(s_pin.AddrOfPinnedObject(), (nuint)length), SpliceFlags.None) != length)
                        throw new IOException("table cut");
                }
            }
            """,
        ["HeaderAndBodyBackToBack"] = """
            unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public static unsafe class DatagramSender
            {
                private const int HeaderBytes = 20;
                private const int BodyBytes = 1024;

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                // The body goes first, then the header: this reader wants it so.
                public static void Send(int pipe, byte* datagram)
                {
                    iovec* parts = stackalloc iovec[2];
                    parts[0].iov_base = datagram + HeaderBytes;
                    parts[0].iov_len = BodyBytes;
                    parts[1].iov_base = datagram;
                    parts[1].iov_len = HeaderBytes;
                    if (vmsplice(pipe, parts, 2, 0) != HeaderBytes + BodyBytes)
                        throw new IOException("datagram cut");
                }
            }
            """,
        ["NonblockingPushSaysWhatIsLeft"] = """
            public sealed unsafe class PatientMirror(SafeHandle pipe)
            {
                public long LeftOver { get; private set; }

                public bool Push(byte* data, nuint length)
                {
                    while (length > 0)
                    {
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(data, length), SpliceFlags.NonBlocking);
                        if (taken <= 0)
                            break;

                        data += taken;
                        length -= (nuint)taken;
                    }

                    LeftOver = (long)length;
                    return length == 0;
                }
            }
            """,
        ["PacketsBoundedBeforeTheCall"] = """
            public unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public sealed unsafe class PacketBurst(int pipe)
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                public nint Send(iovec[] packets)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(packets.Length, 1024);
                    nint expected = 0;
                    foreach (iovec packet in packets)
                        expected += (nint)packet.iov_len;

                    fixed (iovec* first = packets)
                    {
                        nint sent = vmsplice(pipe, first, (nuint)packets.Length, 0);
                        return sent == expected ? sent : throw new IOException($"{sent} of {expected} bytes");
                    }
                }
            }
            """,
        ["RawReceiveIntoFixedArray"] = """
            public static unsafe class BlockReader
            {
                public static byte[] Read(SplicePipe pipe, int length)
                {
                    byte[] block = new byte[length];
                    int filled = 0;
                    fixed (byte* start = block)
                    {
                        while (filled < length)
                        {
                            nint got = RawPipe.VmSplice(pipe.ReadHandle, new IoVec(start + filled, (nuint)(length - filled)), SpliceFlags.None);
                            if (got == 0)
                                throw new EndOfStreamException();
                            filled += (int)got;
                        }
                    }

                    block[0] &= 0x7F;
                    return block;
                }
            }
            """,
        ["RawReceiveIntoStackMemory"] = """
            public static unsafe class HandshakeReader
            {
                // On the read end the call copies: the memory is free when it returns.
                public static long Read(SplicePipe pipe)
                {
                    byte* bytes = stackalloc byte[8];
                    nint got = RawPipe.VmSplice(pipe.ReadHandle, new IoVec(bytes, 8), SpliceFlags.None);
                    if (got != 8)
                        throw new EndOfStreamException();
                    return *(long*)bytes;
                }
            }
            """,
    };
}
