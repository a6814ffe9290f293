namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>The raw call, and right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AlignedGift"] = """
            // Games: a mesh in whole pages of its own, given away by the raw call.
            public static unsafe class AlignedGift
            {
                public static bool Give(SafeHandle physics, ReadOnlySpan<float> vertices)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = (((nuint)vertices.Length * sizeof(float)) + page - 1) / page * page;
                    if (length == 0)
                    {
                        return true;
                    }

                    void* pages = NativeMemory.AlignedAlloc(length, page);
                    NativeMemory.Clear(pages, length);
                    vertices.CopyTo(new Span<float>(pages, vertices.Length));
                    nint sent = RawPipe.VmSplice(physics, new IoVec(pages, length), SpliceFlags.Gift);
                    return sent == (nint)length;
                }
            }
            """,
        ["DriverPush"] = """
            using System.ComponentModel;

            // Drivers: the error number is kept before anything is logged.
            public unsafe struct PushVector { public void* Start; public nuint Length; }

            public static unsafe class DriverPush
            {
                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint Splice(int fd, PushVector* segments, nuint count, uint flags);

                public static void Push(int descriptor, byte* ring, nuint length, TextWriter log)
                {
                    PushVector rest = new() { Start = ring, Length = length };
                    while (rest.Length > 0)
                    {
                        nint sent = Splice(descriptor, &rest, 1, 0);
                        int error = sent < 0 ? Marshal.GetLastPInvokeError() : 0;
                        log.WriteLine($"pushed {sent} bytes");
                        if (error != 0)
                        {
                            throw new Win32Exception(error);
                        }

                        rest.Start = (byte*)rest.Start + sent;
                        rest.Length -= (nuint)sent;
                    }
                }
            }
            """,
        ["FragmentChain"] = """
            // Networks: a list of fragments that is refused where it is too long.
            public static class FragmentChain
            {
                public static bool TrySend(SafeHandle pipe, List<IoVec> fragments)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(fragments.Count, RawPipe.IovMax);
                    nuint total = 0;
                    foreach (IoVec fragment in fragments)
                    {
                        total += fragment.Length;
                    }

                    nint sent = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(fragments));
                    return (nuint)sent == total;
                }
            }
            """,
        ["PinnedRing"] = """
            // Capture: memory that is pinned for good and written once; the rest is sent until all is taken.
            public sealed class PinnedRing
            {
                private readonly byte[] _pattern = GC.AllocateArray<byte>(65_536, pinned: true);

                public PinnedRing(byte seed)
                {
                    for (int i = 0; i < _pattern.Length; i++)
                    {
                        _pattern[i] = (byte)(seed + (i * 31));
                    }
                }

                public long Send(SafeHandle pipe)
                {
                    nint start = Marshal.UnsafeAddrOfPinnedArrayElement(_pattern, 0);
                    nuint done = 0;
                    while (done < (nuint)_pattern.Length)
                    {
                        done += (nuint)RawPipe.VmSplice(pipe, new IoVec(start + (nint)done, (nuint)_pattern.Length - done), SpliceFlags.None);
                    }

                    return (long)done;
                }
            }
            """,
        ["PollingSender"] = """
            // Telemetry: does not wait; what was not taken is remembered in fields and sent the next time.
            public sealed class PollingSender(SafeHandle pipe, FrozenPages<byte> block)
            {
                private nuint _done;

                public event Action? Finished;

                public bool Poll()
                {
                    nuint length = (nuint)block.Length;
                    if (_done == length)
                    {
                        _done = 0;
                    }

                    nint taken = RawPipe.VmSplice(pipe, new IoVec(block.Address + (nint)_done, length - _done), SpliceFlags.NonBlocking);
                    _done += (nuint)taken;
                    if (_done < length)
                    {
                        return false;
                    }

                    Finished?.Invoke();
                    return true;
                }
            }
            """,
        ["RpcParts"] = """
            // RPC: header, body and trailer touch each other, and none overlaps.
            public static unsafe class RpcParts
            {
                private const int HeaderLength = 24;
                private const int BodyLength = 4_000;
                private const int TrailerLength = 8;

                public static bool Send(SafeHandle pipe, byte* frame)
                {
                    byte* body = frame + HeaderLength;
                    byte* trailer = body + BodyLength;
                    *(long*)trailer = Environment.TickCount64;
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(frame, HeaderLength), new IoVec(body, BodyLength), new IoVec(trailer, TrailerLength)]);
                    return sent == HeaderLength + BodyLength + TrailerLength;
                }
            }
            """,
        ["ScanlineBands"] = """
            // Video: the lines of a surface, as many to a call as the kernel takes.
            public static class ScanlineBands
            {
                public static long Send(SafeHandle encoder, nint surface, int pitch, int visible, int lines)
                {
                    IoVec[] band = new IoVec[Math.Min(lines, RawPipe.IovMax)];
                    long all = 0;
                    for (int y = 0; y < lines; y += band.Length)
                    {
                        int count = Math.Min(band.Length, lines - y);
                        for (int i = 0; i < count; i++)
                        {
                            band[i] = new IoVec(surface + ((y + i) * pitch), (nuint)visible);
                        }

                        nint sent = RawPipe.VmSplice(encoder, band.AsSpan(0, count));
                        all += sent;
                        if (sent != (nint)count * visible)
                        {
                            throw new IOException($"line {y}: {sent} bytes");
                        }
                    }

                    return all;
                }
            }
            """,
        ["SegmentsOnStack"] = """
            // Networks: the list of segments may lie on the stack; what they point to lies in frozen pages.
            public static class SegmentsOnStack
            {
                public static bool Send(SafeHandle pipe, FrozenPages<byte> header, FrozenPages<byte> body)
                {
                    Span<IoVec> segments = stackalloc IoVec[2];
                    segments[0] = new IoVec(header.Address, (nuint)header.Length);
                    segments[1] = new IoVec(body.Address, (nuint)body.Length);
                    nint total = header.Length + body.Length;
                    nint sent = RawPipe.VmSplice(pipe, segments);
                    segments.Clear();
                    return sent == total;
                }
            }
            """,
        ["StaticTables"] = """
            // Codecs: tables in native memory that live as long as the process.
            public static unsafe class StaticTables
            {
                private const int Entries = 8192;

                private static readonly nint Cosines = Make();

                private static nint Make()
                {
                    double* table = (double*)NativeMemory.Alloc(Entries, sizeof(double));
                    for (int i = 0; i < Entries; i++)
                    {
                        table[i] = Math.Cos(i * Math.Tau / Entries);
                    }

                    return (nint)table;
                }

                public static bool TrySend(SafeHandle pipe, out nint taken)
                {
                    nuint length = Entries * sizeof(double);
                    taken = RawPipe.VmSplice(pipe, new IoVec(Cosines, length), SpliceFlags.NonBlocking);
                    return taken == (nint)length;
                }
            }
            """,
    };
}
