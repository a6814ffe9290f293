namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Raw calls that are right.</summary>
internal sealed class RawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AtlasRows"] = """
            using System.Runtime.InteropServices;

            namespace Games.Atlas;

            /// <summary>The first line of each cell, a row of cells a call; what a call did not take goes with the next one.</summary>
            public static unsafe class AtlasRows
            {
                private const int Rows = 48;
                private const int Columns = 32;
                private const int CellWidth = 64;
                private const int CellHeight = 64;

                public static long SendFirstLines(SafeHandle pipe, byte* atlas)
                {
                    IoVec[] lines = new IoVec[Rows * Columns];
                    for (int cell = 0; cell < lines.Length; cell++)
                    {
                        (int row, int column) = Math.DivRem(cell, Columns);
                        lines[cell] = new IoVec(atlas + (((row * CellHeight * Columns) + column) * CellWidth), CellWidth);
                    }

                    long all = 0;
                    Span<IoVec> rest = lines;
                    while (!rest.IsEmpty)
                    {
                        nuint taken = (nuint)RawPipe.VmSplice(pipe, rest[..Math.Min(rest.Length, Columns)]);
                        all += (long)taken;
                        int whole = 0;
                        while (whole < rest.Length && taken >= rest[whole].Length)
                        {
                            taken -= rest[whole++].Length;
                        }

                        rest = rest[whole..];
                        if (taken > 0)
                        {
                            rest[0] = new IoVec(rest[0].Address + (nint)taken, rest[0].Length - taken);
                        }
                    }

                    return all;
                }
            }
            """,
        ["BeatOrLater"] = """
            using System.Runtime.InteropServices;

            namespace Embedded.Heartbeat;

            /// <summary>Offers the rest of a state to a pipe that may be full, and remembers how far it came.</summary>
            public sealed unsafe class BeatOrLater(SafeHandle supervisor, byte* states, int length)
            {
                private int _sent;

                public bool IsDone => _sent == length;

                /// <summary>False where the pipe is full: ask again later.</summary>
                public bool Advance()
                {
                    while (_sent < length)
                    {
                        nint taken = RawPipe.VmSplice(supervisor, new IoVec(states + _sent, (nuint)(length - _sent)), SpliceFlags.NonBlocking);
                        if (taken == 0)
                        {
                            return false;
                        }

                        _sent += (int)taken;
                    }

                    return true;
                }
            }
            """,
        ["CanRing"] = """
            using System.Runtime.InteropServices;

            namespace Gateway.Can;

            internal unsafe struct iovec
            {
                public void* iov_base;
                public nuint iov_len;
            }

            /// <summary>Frames lie in native memory that is written once.
            /// Only the list of segments is on the stack, and the kernel reads it in the call.</summary>
            public sealed unsafe class CanRing(byte* frames, nuint frameSize, nuint capacity)
            {
                public bool Send(int fd, nuint first, nuint count)
                {
                    nuint tail = Math.Min(count, capacity - first);
                    iovec* segments = stackalloc iovec[2];
                    segments[0].iov_base = frames + (first * frameSize);
                    segments[0].iov_len = tail * frameSize;
                    segments[1].iov_base = frames;
                    segments[1].iov_len = (count - tail) * frameSize;

                    nint sent = vmsplice(fd, segments, 2, 0);
                    int error = Marshal.GetLastPInvokeError();
                    segments[0] = default;
                    segments[1] = default;
                    if (sent < 0)
                    {
                        throw new IOException("vmsplice", error);
                    }

                    return sent == (nint)(count * frameSize);
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);
            }
            """,
        ["CapturePages"] = """
            using System.Runtime.InteropServices;

            namespace Embedded.Capture;

            /// <summary>Memory that somebody else allocated is given away only where it is whole pages; else it is copied.</summary>
            public static unsafe class CapturePages
            {
                public static bool Pass(SafeHandle pipe, SpliceWriter copies, byte* samples, int count)
                {
                    nuint mask = (nuint)Environment.SystemPageSize - 1;
                    nuint length = (nuint)count * sizeof(ushort);
                    if (((nuint)samples & mask) != 0 || (length & mask) != 0)
                    {
                        copies.Write(new ReadOnlySpan<byte>(samples, (int)length));
                        return false;
                    }

                    nint sent = RawPipe.VmSplice(pipe, new IoVec(samples, length), SpliceFlags.Gift);
                    return sent == (nint)length ? true : throw new IOException($"{sent} of {length} bytes were taken");
                }
            }
            """,
        ["ElfSegments"] = """
            using System.Runtime.InteropServices;

            namespace Formats.Elf;

            /// <summary>The parts lie one behind the other; a byte of the image goes out once.</summary>
            public static unsafe class ElfSegments
            {
                private const int HeaderSize = 64;
                private const int ProgramHeaders = 13 * 56;
                private const int Interpreter = 32;

                public static bool Send(SafeHandle pipe, byte* image)
                {
                    byte* at = image;
                    byte* programHeaders = at + HeaderSize;
                    byte* interpreter = programHeaders + ProgramHeaders;
                    nint sent = RawPipe.VmSplice(
                        pipe,
                        [new IoVec(interpreter, Interpreter), new IoVec(at, HeaderSize), new IoVec(programHeaders, ProgramHeaders)]);
                    return sent == HeaderSize + ProgramHeaders + Interpreter;
                }
            }
            """,
        ["GiftBody"] = """
            using System.Runtime.InteropServices;

            namespace Storage.Snapshots;

            internal struct SnapshotHeader
            {
                public long Number;
                public long Generation;
                public int Length;
                public int Flags;
            }

            /// <summary>The header has a page of its own, in front of those that are given away, and is used again for each block.</summary>
            public static unsafe class GiftBody
            {
                public static long Give(SafeHandle pipe, SpliceWriter headers, Stream volume, int blocks)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 16 * page;
                    long all = 0;
                    for (int number = 0; number < blocks; number++)
                    {
                        byte* block = (byte*)NativeMemory.AlignedAlloc(page + length, page);
                        SnapshotHeader* header = (SnapshotHeader*)block;
                        *header = new SnapshotHeader { Number = number, Generation = 1, Length = (int)length };
                        headers.Write(new ReadOnlySpan<byte>(header, sizeof(SnapshotHeader)));

                        byte* data = block + page;
                        volume.ReadExactly(new Span<byte>(data, (int)length));
                        if (RawPipe.VmSplice(pipe, new IoVec(data, length), SpliceFlags.Gift) != (nint)length)
                        {
                            throw new IOException($"block {number} is cut");
                        }

                        header->Flags = 1;
                        all += header->Length;
                    }

                    return all;
                }
            }
            """,
    };
}
