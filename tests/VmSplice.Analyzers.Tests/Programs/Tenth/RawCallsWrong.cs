namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Raw calls with wrong segments, descriptors, flags or results.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AtlasCells"] = """
            using System.Runtime.InteropServices;

            namespace Games.Atlas;

            /// <summary>Sends the first line of each cell of a texture atlas, in one call.</summary>
            public static unsafe class AtlasCells
            {
                private const int Rows = 48;
                private const int Columns = 32;
                private const int CellWidth = 64;
                private const int CellHeight = 64;

                public static bool SendFirstLines(SafeHandle pipe, byte* atlas)
                {
                    IoVec[] lines = new IoVec[Rows * Columns];
                    int at = 0;
                    for (int row = 0; row < Rows; row++)
                    {
                        for (int column = 0; column < Columns; column++)
                        {
                            int offset = (row * CellHeight * Columns * CellWidth) + (column * CellWidth);
                            lines[at++] = new IoVec(atlas + offset, CellWidth);
                        }
                    }

                    return RawPipe.VmSplice(pipe, lines) == Rows * Columns * CellWidth; //~VMS3003
                }
            }
            """,
        ["CaptureBlock"] = """
            using System.Runtime.InteropServices;

            namespace Embedded.Capture;

            public static unsafe class CaptureBlock
            {
                private const int Pages = 32;

                public static int Capture(SafeHandle pipe, Func<int, ushort> convert, int blocks)
                {
                    nuint length = Pages * (nuint)Environment.SystemPageSize;
                    int whole = 0;
                    for (int block = 0; block < blocks; block++)
                    {
                        ushort* samples = (ushort*)NativeMemory.AlignedAlloc(length, 4096); //~VMS3005
                        int count = (int)(length / sizeof(ushort));
                        for (int i = 0; i < count; i++)
                        {
                            samples[i] = convert(i & 7);
                        }

                        whole += RawPipe.VmSplice(pipe, new IoVec(samples, length), SpliceFlags.Gift) == (nint)length ? 1 : 0;
                    }

                    return whole;
                }
            }
            """,
        ["ElfParts"] = """
            using System.Runtime.InteropServices;

            namespace Formats.Elf;

            /// <summary>Sends the parts of a mapped executable that the loader needs.</summary>
            public static unsafe class ElfParts
            {
                private const int HeaderSize = 64;
                private const int ProgramHeaders = 13 * 56;
                private const int Interpreter = 32;

                public static bool Send(SafeHandle pipe, byte* image)
                {
                    byte* programHeaders = image + HeaderSize;
                    byte* interpreter = image + ProgramHeaders;
                    nint sent = RawPipe.VmSplice(
                        pipe,
                        [new IoVec(image, HeaderSize), new IoVec(programHeaders, ProgramHeaders), new IoVec(interpreter, Interpreter)]); //~VMS3006
                    return sent == HeaderSize + ProgramHeaders + Interpreter;
                }
            }
            """,
        ["FilterInput"] = """
            using System.Diagnostics;
            using System.IO.Pipes;

            namespace Tools.Filter;

            /// <summary>A filter gets its input over an anonymous pipe, whose number is its first argument.</summary>
            public static class FilterInput
            {
                public static int Run(string filter, ReadOnlySpan<double> values)
                {
                    using AnonymousPipeServerStream ours = new(PipeDirection.In, HandleInheritability.Inheritable);
                    using Process child = Process.Start(new ProcessStartInfo(filter, [ours.GetClientHandleAsString()]))!;
                    using (SpliceWriter writer = SpliceWriter.Open(ours)) //~VMS4004
                    {
                        while (!values.IsEmpty)
                        {
                            int count = Math.Min(values.Length, 8192);
                            using PageBuffer<double> block = writer.Rent<double>(count);
                            values[..count].CopyTo(block.Span);
                            writer.Send(block);
                            values = values[count..];
                        }
                    }

                    child.WaitForExit();
                    return child.ExitCode;
                }
            }
            """,
        ["GiftBehindHeader"] = """
            using System.Runtime.InteropServices;

            namespace Storage.Snapshots;

            internal struct BlockHeader
            {
                public long Number;
                public long Generation;
                public int Length;
                public int Flags;
            }

            /// <summary>The header stays here; what lies behind it is given away.</summary>
            public static unsafe class GiftBehindHeader
            {
                public static void Give(SafeHandle pipe, Stream volume, long number)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 16 * page;
                    byte* block = (byte*)NativeMemory.AlignedAlloc(length + page, page);
                    BlockHeader* header = (BlockHeader*)block;
                    *header = new BlockHeader { Number = number, Generation = 1, Length = (int)length };

                    byte* data = block + sizeof(BlockHeader);
                    volume.ReadExactly(new Span<byte>(data, (int)length));
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(data, length), SpliceFlags.Gift); //~VMS3001
                    if (sent != (nint)length)
                    {
                        throw new IOException($"block {number}: {sent} of {length} bytes");
                    }
                }
            }
            """,
        ["Heartbeat"] = """
            using System.Runtime.InteropServices;

            namespace Embedded.Heartbeat;

            internal struct Segment
            {
                public nint Start;
                public nuint Length;
            }

            /// <summary>The state of the board, which lies in a page of its own, goes to the supervisor each second.</summary>
            public sealed unsafe class Heartbeat(int supervisor)
            {
                private readonly byte* _states = (byte*)NativeMemory.AlignedAlloc(64 * 64, 64);
                private int _beat;

                public void Beat(ReadOnlySpan<byte> state)
                {
                    if (_beat == 64)
                    {
                        throw new InvalidOperationException("this board is to be restarted each minute");
                    }

                    byte* slot = _states + (64 * _beat++);
                    state[..64].CopyTo(new Span<byte>(slot, 64));
                    Segment segment = new() { Start = (nint)slot, Length = 64 };
                    Submit(supervisor, &segment, 1, 0); //~VMS4001
                }

                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint Submit(int fd, Segment* segments, nuint count, uint flags);
            }
            """,
        ["LineTable"] = """
            using System.Runtime.InteropServices;

            namespace Tools.Grep;

            public unsafe struct iovec
            {
                public byte* iov_base;
                public nuint iov_len;
            }

            /// <summary>Lines that matched lie in a mapped file; they are sent as they lie there.</summary>
            public static unsafe class LineTable
            {
                public static void Flush(int output, iovec[] matches)
                {
                    nint total = 0;
                    foreach (iovec match in matches)
                    {
                        total += (nint)match.iov_len;
                    }

                    if (total == 0)
                    {
                        return;
                    }

                    fixed (iovec* first = matches)
                    {
                        nint taken = vmsplice(output, first, (nuint)matches.Length, 0); //~VMS3004
                        if (taken != total)
                        {
                            throw new IOException($"{taken} of {total} bytes of matches");
                        }
                    }
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);
            }
            """,
    };
}
