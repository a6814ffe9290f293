namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Memory of the raw call that moves, ends or is freed while it is in flight.</summary>
internal sealed class RawMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StackHeader"] = """
            using System.Buffers.Binary;
            using System.Runtime.InteropServices;

            namespace Framing.Raw;

            public sealed unsafe class RawFrameSender(SafeHandle pipe)
            {
                private int _next;

                private void SendWhole(byte* data, nuint length)
                {
                    nuint sent = 0;
                    while (sent < length)
                    {
                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + sent, length - sent), SpliceFlags.None);
                    }
                }

                public void Announce(int channel, int length)
                {
                    Span<byte> header = stackalloc byte[16];
                    BinaryPrimitives.WriteInt32LittleEndian(header, 0x46524D31);
                    BinaryPrimitives.WriteInt32LittleEndian(header[4..], channel);
                    BinaryPrimitives.WriteInt32LittleEndian(header[8..], length);
                    BinaryPrimitives.WriteInt32LittleEndian(header[12..], _next++);
                    fixed (byte* start = header)
                    {
                        SendWhole(start, 16); //~VMS2005
                    }
                }
            }
            """,
        ["PinAroundCall"] = """
            using System.Runtime.InteropServices;
            using System.Text;

            namespace Logs.Raw;

            public sealed class RawLineWriter(SafeHandle pipe)
            {
                public long Bytes { get; private set; }

                public void WriteLine(string text)
                {
                    byte[] line = Encoding.UTF8.GetBytes(text + "\n");
                    GCHandle pin = GCHandle.Alloc(line, GCHandleType.Pinned);
                    try
                    {
                        nint sent = RawPipe.VmSplice(pipe, [new IoVec(pin.AddrOfPinnedObject(), (nuint)line.Length)]); //~VMS2006
                        if (sent != line.Length)
                        {
                            throw new IOException($"Only {sent} of {line.Length} bytes were taken.");
                        }
                    }
                    finally
                    {
                        pin.Free();
                    }

                    Bytes += line.Length;
                }
            }
            """,
        ["NativeBlockDisposed"] = """
            using System.Runtime.InteropServices;

            namespace Native.Blocks;

            public sealed unsafe class NativeBlock : IDisposable
            {
                private byte* _start;

                public NativeBlock(int length)
                {
                    _start = (byte*)NativeMemory.AlignedAlloc((nuint)length, (nuint)Environment.SystemPageSize);
                    Length = length;
                }

                public int Length { get; }

                public byte* Start => _start;

                public Span<byte> Span => new(_start, Length);

                public void Dispose()
                {
                    NativeMemory.AlignedFree(_start);
                    _start = null;
                }
            }

            public sealed unsafe class BlockPump(SafeHandle pipe)
            {
                public void Pump(ReadOnlySpan<byte> content)
                {
                    NativeBlock block = new(content.Length);
                    content.CopyTo(block.Span);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(block.Start, (nuint)block.Length), SpliceFlags.None);
                    block.Dispose(); //~VMS2007
                    if (sent != content.Length)
                    {
                        throw new IOException($"The pipe took {sent} bytes of {content.Length}.");
                    }
                }
            }
            """,
    };
}
