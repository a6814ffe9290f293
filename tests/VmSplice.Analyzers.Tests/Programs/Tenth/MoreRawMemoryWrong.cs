namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Memory of the raw call that moves, ends or is freed while it is in flight.</summary>
internal sealed class MoreRawMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Scanline"] = """
            using System.Runtime.InteropServices;

            namespace Demo.Raster;

            public static unsafe class Scanline
            {
                private const int Width = 1024;

                public static int Draw(SafeHandle pipe, int height, ReadOnlySpan<uint> palette)
                {
                    int whole = 0;
                    for (int y = 0; y < height; y++)
                    {
                        whole += DrawLine(pipe, y, palette) ? 1 : 0;
                    }

                    return whole;
                }

                private static bool DrawLine(SafeHandle pipe, int y, ReadOnlySpan<uint> palette)
                {
                    uint* line = stackalloc uint[Width];
                    uint* end = line + Width;
                    int colour = y;
                    for (uint* at = line; at < end; at++)
                    {
                        *at = palette[colour % palette.Length];
                        colour = (colour * 5) + 1 & 0xFFFF;
                    }

                    IoVec segment = new(line, Width * sizeof(uint));
                    return RawPipe.VmSplice(pipe, segment, SpliceFlags.None) == Width * sizeof(uint); //~VMS2005
                }
            }
            """,
        ["WaveHeader"] = """
            using System.Runtime.InteropServices;

            namespace Formats.Wave;

            [StructLayout(LayoutKind.Sequential, Pack = 1)]
            internal struct RiffHeader
            {
                public uint Magic, Size, Format, Chunk, ChunkSize;
                public ushort Encoding, Channels;
                public uint Rate, ByteRate;
                public ushort Align, Bits;
                public uint Data, DataSize;
            }

            internal unsafe struct iovec
            {
                public void* iov_base;
                public nuint iov_len;
            }

            public static unsafe class WaveHeader
            {
                public static void Begin(int fd, int rate, ushort channels, uint bytes)
                {
                    RiffHeader header = new() { Magic = 0x46464952, Size = 36 + bytes, Format = 0x45564157, Chunk = 0x20746D66, ChunkSize = 16 };
                    (header.Encoding, header.Channels, header.Rate) = (1, channels, (uint)rate);
                    (header.Align, header.Bits, header.ByteRate) = ((ushort)(2 * channels), 16, (uint)(2 * channels * rate));
                    (header.Data, header.DataSize) = (0x61746164, bytes);
                    SendWhole(fd, (byte*)&header, (nuint)sizeof(RiffHeader)); //~VMS2005
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                private static void SendWhole(int fd, byte* data, nuint length)
                {
                    while (length > 0)
                    {
                        iovec rest;
                        rest.iov_base = data;
                        rest.iov_len = length;
                        nint taken = vmsplice(fd, &rest, 1, 0);
                        if (taken < 0)
                        {
                            throw new IOException("vmsplice", Marshal.GetLastPInvokeError());
                        }

                        data += taken;
                        length -= (nuint)taken;
                    }
                }
            }
            """,
    };
}
