namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Memory of the raw call that moves, ends or is freed while it is in flight.</summary>
internal sealed class RawMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrameHeader"] = """
            using System.Runtime.InteropServices;

            public static unsafe class Framing
            {
                private const int HeaderSize = 8;

                public static void WriteHeader(SafeHandle pipe, int kind, int length)
                {
                    byte* header = stackalloc byte[HeaderSize];
                    Fill(header, kind, length);
                    PushAll(pipe, header, HeaderSize); //~VMS2005
                }

                private static void Fill(byte* header, int kind, int length)
                {
                    ((int*)header)[0] = kind;
                    ((int*)header)[1] = length;
                }

                private static void PushAll(SafeHandle pipe, byte* data, nuint length)
                {
                    while (length > 0)
                    {
                        nuint taken = (nuint)RawPipe.VmSplice(pipe, new IoVec(data, length), SpliceFlags.None);
                        data += taken;
                        length -= taken;
                    }
                }
            }
            """,
        ["PinnedChunk"] = """
            using System.Runtime.InteropServices;

            public static class FilePump
            {
                private const int ChunkSize = 64 * 1024;

                public static void SendHead(SafeHandle pipe, Stream source)
                {
                    byte[] chunk = new byte[ChunkSize];
                    source.ReadExactly(chunk);
                    GCHandle pin = GCHandle.Alloc(chunk, GCHandleType.Pinned);
                    nint taken = RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject(), ChunkSize), SpliceFlags.None); //~VMS2006
                    pin.Free();
                    if (taken != ChunkSize)
                    {
                        throw new IOException($"The pipe took {taken} of {ChunkSize} bytes.");
                    }
                }
            }
            """,
        ["LogLine"] = """
            using System.Runtime.InteropServices;
            using System.Text;

            public sealed unsafe class LineSink(SafeHandle pipe)
            {
                public long Bytes { get; private set; }

                public void WriteLine(string line)
                {
                    byte[] text = Encoding.UTF8.GetBytes(line + "\n");
                    nint taken = Push(text);
                    if (taken != text.Length)
                    {
                        throw new IOException("The log's reader is too slow.");
                    }

                    Bytes += taken;
                }

                private nint Push(byte[] text)
                {
                    byte[] framed = new byte[text.Length + 4];
                    BitConverter.TryWriteBytes(framed, text.Length);
                    text.CopyTo(framed, 4);
                    fixed (byte* start = framed)
                    {
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(start, (nuint)framed.Length), SpliceFlags.None); //~VMS2006
                        return taken - 4;
                    }
                }
            }
            """,
        ["Slab"] = """
            using System.Runtime.InteropServices;

            public sealed unsafe class Slab
            {
                private readonly byte* _start;

                public Slab(nuint length)
                {
                    Length = length;
                    _start = (byte*)NativeMemory.AlignedAlloc(length, (nuint)Environment.SystemPageSize);
                }

                public nuint Length { get; }
                public byte* Start => _start;
                public Span<byte> Bytes => new(_start, (int)Length);

                public void Release() => NativeMemory.AlignedFree(_start);
            }

            public static unsafe class TileServer
            {
                public static void SendTile(SafeHandle pipe, ReadOnlySpan<byte> tile)
                {
                    var slab = new Slab((nuint)tile.Length);
                    tile.CopyTo(slab.Bytes);
                    nint taken = RawPipe.VmSplice(pipe, new IoVec(slab.Start, slab.Length), SpliceFlags.None);
                    slab.Release(); //~VMS2007
                    if (taken != tile.Length)
                    {
                        throw new IOException("short transfer");
                    }
                }
            }
            """,
    };
}
