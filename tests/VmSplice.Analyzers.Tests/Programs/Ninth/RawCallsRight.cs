namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Raw calls that are right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ArchiveMirror"] = """
            using System.Runtime.InteropServices;

            public sealed unsafe class ArchiveMirror : IDisposable
            {
                private readonly SplicePipe _archive = SplicePipe.Create();
                private readonly SplicePipe _live = SplicePipe.Create();
                private readonly SpliceWriter _toArchive;
                private readonly SpliceWriter _toLive;

                public ArchiveMirror()
                {
                    _toArchive = _archive.OpenWriter(new() { Reader = PipeReaderKind.Unknown });
                    _toLive = _live.OpenWriter(new() { Reader = PipeReaderKind.Copying });
                }

                public SpliceReader OpenLive() => _live.OpenReader();

                public void Record(ReadOnlySpan<byte> request)
                {
                    _toArchive.Write(request);
                    _toLive.Write(request);
                }

                public nint DrainTo(FileStream file, nuint most)
                    => splice((int)_archive.ReadHandle.DangerousGetHandle(), null, (int)file.SafeFileHandle.DangerousGetHandle(), null, most, 0);

                public void Dispose()
                {
                    _toArchive.Dispose();
                    _toLive.Dispose();
                    _archive.Dispose();
                    _live.Dispose();
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);
            }
            """,
        ["BoundedScatter"] = """
            using System.Runtime.InteropServices;

            public sealed class BoundedScatter(SafeHandle client)
            {
                public bool TrySend(IReadOnlyCollection<FrozenPages<byte>> chunks)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(chunks.Count, RawPipe.IovMax);
                    List<IoVec> parts = new(chunks.Count);
                    nint total = 0;
                    foreach (FrozenPages<byte> chunk in chunks)
                    {
                        parts.Add(new IoVec(chunk.Address, (nuint)chunk.Length));
                        total += chunk.Length;
                    }

                    if (parts.Count > RawPipe.IovMax)
                    {
                        return false;
                    }

                    return RawPipe.VmSplice(client, CollectionsMarshal.AsSpan(parts)) == total;
                }
            }
            """,
        ["ModbusFrame"] = """
            using System.Runtime.InteropServices;

            public static unsafe class ModbusFrame
            {
                private const int Header = 8;
                private const int Registers = 250;
                private const int Trailer = 2;

                public static void Publish(SafeHandle bus, byte* frame)
                {
                    Span<IoVec> segments =
                    [
                        new IoVec(frame + Header + Registers, Trailer),
                        new IoVec(frame, Header),
                        new IoVec(frame + Header, Registers),
                    ];
                    nint sent = RawPipe.VmSplice(bus, segments);
                    if (sent != Header + Registers + Trailer)
                    {
                        throw new IOException($"The bus took {sent} bytes of the frame.");
                    }
                }
            }
            """,
        ["NativeArena"] = """
            using System.Runtime.InteropServices;

            /// <summary>Lookup tables that are made once and live as long as the process.</summary>
            public static unsafe class NativeArena
            {
                private const int Entries = 65536;
                private static readonly int* s_squares = MakeSquares();

                public static void SendTable(SafeHandle pipe, int first, int count)
                {
                    ArgumentOutOfRangeException.ThrowIfNegative(first);
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Entries - first);
                    byte* next = (byte*)(s_squares + first);
                    nuint left = (nuint)count * sizeof(int);
                    while (left > 0)
                    {
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(next, left), SpliceFlags.None);
                        next += taken;
                        left -= (nuint)taken;
                    }
                }

                private static int* MakeSquares()
                {
                    int* table = (int*)NativeMemory.Alloc(Entries, sizeof(int));
                    for (int i = 0; i < Entries; i++)
                    {
                        table[i] = unchecked(i * i);
                    }

                    return table;
                }
            }
            """,
        ["NativeLink"] = """
            using System.Runtime.InteropServices;

            public interface ILinkLog
            {
                void Warn(string text);
            }

            public unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public sealed unsafe class NativeLink(int descriptor, ILinkLog log)
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                public void Send(iovec* segment)
                {
                    while (segment->iov_len > 0)
                    {
                        nint sent = vmsplice(descriptor, segment, 1, 0);
                        if (sent < 0)
                        {
                            int error = Marshal.GetLastPInvokeError();
                            log.Warn($"link {descriptor}: {Marshal.GetPInvokeErrorMessage(error)}");
                            throw new IOException("vmsplice", error);
                        }

                        segment->iov_base = (byte*)segment->iov_base + sent;
                        segment->iov_len -= (nuint)sent;
                    }
                }
            }
            """,
        ["PinnedBanner"] = """
            using System.Runtime.InteropServices;

            public sealed class PinnedBanner(SafeHandle pipe)
            {
                private static readonly byte[] s_banner = MakeBanner();

                public void Send()
                {
                    int offset = 0;
                    while (offset < s_banner.Length)
                    {
                        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(s_banner, offset);
                        offset += (int)RawPipe.VmSplice(pipe, new IoVec(start, (nuint)(s_banner.Length - offset)), SpliceFlags.None);
                    }
                }

                private static byte[] MakeBanner()
                {
                    byte[] banner = GC.AllocateArray<byte>(16 * 1024, pinned: true);
                    for (int i = 0; i < banner.Length; i++)
                    {
                        banner[i] = (byte)('a' + (i % 26));
                    }

                    return banner;
                }
            }
            """,
        ["RawPipeExtensions"] = """
            using System.Runtime.InteropServices;

            public readonly record struct SpliceOutcome(nint Taken, bool IsWhole);

            public static class RawPipeExtensions
            {
                public static nint SpliceOnce(this SafeHandle pipe, Span<IoVec> parts) => RawPipe.VmSplice(pipe, parts);

                public static SpliceOutcome SplicePair(this SafeHandle pipe, FrozenPages<byte> head, FrozenPages<byte> body)
                {
                    nint expected = head.Length + body.Length;
                    nint taken = pipe.SpliceOnce([new IoVec(head.Address, (nuint)head.Length), new IoVec(body.Address, (nuint)body.Length)]);
                    return new SpliceOutcome(taken, taken == expected);
                }
            }
            """,
    };
}
