namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>The raw call, and right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FixedArrayReceivedInto"] = """
            public static unsafe class NativeReader
            {
                public static int ReadSome(SplicePipe pipe, byte[] target)
                {
                    fixed (byte* start = target)
                    {
                        nint got = RawPipe.VmSplice(pipe.ReadHandle, new IoVec(start, (nuint)target.Length), SpliceFlags.None);
                        return checked((int)got);
                    }
                }
            }
            """,
        ["GiftStartsBehindHeaderPage"] = """
            public static unsafe class GiftedArena
            {
                public static void Give(SafeHandle pipe, int pages)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = (nuint)pages * page;
                    byte* arena = (byte*)NativeMemory.AlignedAlloc(length + page, page);
                    *(long*)arena = (long)length;
                    byte* body = arena + page;
                    new Span<byte>(body, (int)length).Fill(1);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(body, length), SpliceFlags.Gift);
                    if ((nuint)sent != length)
                    {
                        throw new IOException("short gift");
                    }

                    *(long*)arena = 0;
                }
            }
            """,
        ["HeaderAndBodySegmentsAdjacent"] = """
            public static unsafe class PacketSplicer
            {
                private const int Header = 24;
                private const int Body = 1400;

                public static void Send(SafeHandle pipe, byte* packet, byte* trailer)
                {
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(trailer, 8), new IoVec(packet + Header, Body), new IoVec(packet, Header)]);
                    if (sent != 8 + Header + Body)
                    {
                        throw new IOException("short");
                    }
                }
            }
            """,
        ["NativeBlockFreedWhenChildHasEnded"] = """
            public static unsafe class Thumbnailer
            {
                public static int Send(SplicePipe pipe, ProcessStartInfo viewer, nuint length)
                {
                    using Process child = pipe.StartChildWithReader(viewer);
                    byte* pixels = (byte*)NativeMemory.AlignedAlloc(length, 64);
                    NativeMemory.Fill(pixels, length, 0x7F);
                    nuint done = 0;
                    while (done < length)
                    {
                        nint sent = RawPipe.VmSplice(pipe.WriteHandle, new IoVec(pixels + done, length - done), SpliceFlags.None);
                        if (sent <= 0) throw new IOException("no progress");
                        done += (nuint)sent;
                    }

                    pipe.Dispose();
                    child.WaitForExit();
                    NativeMemory.AlignedFree(pixels);
                    return child.ExitCode;
                }
            }
            """,
        ["OwnImportShortSendContinued"] = """
            public static unsafe class Libc
            {
                public struct IoVector { public nint Base; public nuint Length; }

                [DllImport("libc", SetLastError = true)]
                public static extern nint vmsplice(int fd, IoVector* vector, nuint count, uint flags);
            }

            public sealed unsafe class ShmExporter(int fd)
            {
                private const int Interrupted = 4;

                public void Export(nint mapping, nuint length)
                {
                    Libc.IoVector vector = new() { Base = mapping, Length = length };
                    while (vector.Length > 0)
                    {
                        nint result = Libc.vmsplice(fd, &vector, 1, 0);
                        if (result < 0)
                        {
                            int error = Marshal.GetLastPInvokeError();
                            if (error == Interrupted) continue;
                            throw new IOException("vmsplice", error);
                        }

                        vector.Base += result;
                        vector.Length -= (nuint)result;
                    }
                }
            }
            """,
        ["PinnedForGoodArraySpliced"] = """
            public sealed class ConstantBanner
            {
                private static readonly byte[] s_banner = Make();

                private static byte[] Make()
                {
                    byte[] bytes = GC.AllocateArray<byte>(8192, pinned: true);
                    bytes.AsSpan().Fill((byte)'=');
                    return bytes;
                }

                public static void Send(SafeHandle pipe)
                {
                    nint start = Marshal.UnsafeAddrOfPinnedArrayElement(s_banner, 0);
                    nuint done = 0;
                    while (done < (nuint)s_banner.Length)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(start + (nint)done, (nuint)s_banner.Length - done), SpliceFlags.None);
                        if (sent <= 0)
                        {
                            throw new IOException("the pipe took nothing");
                        }

                        done += (nuint)sent;
                    }
                }
            }
            """,
        ["ReaderDrainedBeforeNativePageReused"] = """
            public static unsafe class LoopbackTest
            {
                public static bool RoundTrip(SplicePipe pipe, byte* page, int rounds)
                {
                    using SpliceReader reader = pipe.OpenReader();
                    Span<byte> received = stackalloc byte[256];
                    for (int i = 0; i < rounds; i++)
                    {
                        page[0] = (byte)i;
                        nint sent = RawPipe.VmSplice(pipe.WriteHandle, new IoVec(page, 256), SpliceFlags.None);
                        if (sent != 256)
                        {
                            throw new IOException("short transfer");
                        }

                        reader.ReadExactly(received);
                        if (received[0] != (byte)i)
                        {
                            return false;
                        }
                    }

                    return true;
                }
            }
            """,
        ["RowsSplicedInBoundedRuns"] = """
            public static class RowSplicer
            {
                public static void Send(SafeHandle pipe, List<IoVec> rows)
                {
                    Span<IoVec> left = CollectionsMarshal.AsSpan(rows);
                    while (left.Length > 0)
                    {
                        Span<IoVec> run = left.Length > RawPipe.IovMax ? left[..RawPipe.IovMax] : left;
                        nint taken = RawPipe.VmSplice(pipe, run);
                        if (taken <= 0) throw new IOException("no progress");
                        nuint rest = (nuint)taken;
                        while (left.Length > 0 && rest >= left[0].Length)
                        {
                            rest -= left[0].Length;
                            left = left[1..];
                        }

                        if (rest > 0) left[0] = new IoVec(left[0].Address + (nint)rest, left[0].Length - rest);
                    }
                }
            }
            """,
        ["NativeBlockKeptUntilReaderEnds"] = """
            public sealed unsafe class StaticBanner
            {
                // Never freed and never written again: the process shows one banner for as long as it runs.
                private static readonly byte* Text = Make("welcome\n"u8);
                private const int Length = 8;

                private static byte* Make(ReadOnlySpan<byte> text)
                {
                    byte* copy = (byte*)NativeMemory.Alloc((nuint)text.Length);
                    text.CopyTo(new Span<byte>(copy, text.Length));
                    return copy;
                }

                public static void Show(SafeHandle pipe)
                {
                    nuint sent = 0;
                    while (sent < Length)
                    {
                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(Text + sent, Length - sent), SpliceFlags.None);
                    }
                }
            }
            """,
    };
}
