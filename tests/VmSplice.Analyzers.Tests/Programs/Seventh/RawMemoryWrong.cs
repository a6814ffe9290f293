namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Memory that the raw call must not get, or that goes too early.</summary>
internal sealed class RawMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HistogramHandle"] = """
            // Imaging: the histogram of a picture is sent from an array that a handle pins for the call.
            public sealed class HistogramSender(SafeHandle pipe)
            {
                public void Send(ReadOnlySpan<byte> pixels)
                {
                    int[] histogram = new int[256];
                    foreach (byte pixel in pixels)
                    {
                        histogram[pixel]++;
                    }

                    GCHandle pin = GCHandle.Alloc(histogram, GCHandleType.Pinned);
                    try
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject(), 1024), SpliceFlags.None); //~VMS2006
                        if (sent != 1024)
                        {
                            throw new IOException("the histogram was cut");
                        }
                    }
                    finally
                    {
                        pin.Free();
                    }
                }
            }
            """,
        ["InlineTimestamp"] = """
            // Telemetry: a key frame of four numbers is put between the blocks.
            public sealed unsafe class KeyFrames(SafeHandle pipe, TimeProvider clock)
            {
                private long _count;

                public void Emit(double temperature, double pressure)
                {
                    Span<double> frame = stackalloc double[4];
                    frame[0] = clock.GetTimestamp();
                    frame[1] = ++_count;
                    frame[2] = temperature;
                    frame[3] = pressure;
                    void* start = Unsafe.AsPointer(ref MemoryMarshal.GetReference(frame));
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(start, 4 * sizeof(double))]); //~VMS2005
                    if (sent != 4 * sizeof(double))
                    {
                        throw new IOException("a key frame was cut");
                    }
                }
            }
            """,
        ["LocalHeaderByHelper"] = """
            // Storage: a block header is built in a local and pushed ahead of the block.
            [StructLayout(LayoutKind.Sequential)]
            public struct BlockHeader { public uint Magic; public uint Length; public ulong Lba; }

            public sealed unsafe class BlockStream(SafeHandle pipe)
            {
                private const uint Magic = 0xB10C_B10C;

                public long Pushed { get; private set; }

                public void Begin(ulong lba, uint length)
                {
                    BlockHeader header = new() { Magic = Magic, Length = length, Lba = lba };
                    Push(&header, (nuint)sizeof(BlockHeader)); //~VMS2005
                }

                private void Push(void* start, nuint length)
                {
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.None);
                    if (sent != (nint)length)
                    {
                        throw new IOException($"{sent} of {length} bytes");
                    }

                    Pushed += sent;
                }
            }
            """,
        ["NativeTile"] = """
            // Maps: a tile lives in native memory of its own, which its owner frees.
            public sealed unsafe class NativeTile : IDisposable
            {
                private void* _start;

                public NativeTile(int length)
                {
                    Length = length;
                    _start = NativeMemory.AllocZeroed((nuint)length);
                }

                public int Length { get; }

                public nint Address => (nint)_start;

                public void Dispose()
                {
                    NativeMemory.Free(_start);
                    _start = null;
                }
            }

            public static class TilePush
            {
                public static bool Push(SafeHandle pipe, int zoom)
                {
                    var tile = new NativeTile(256 * 256 >> zoom);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(tile.Address, (nuint)tile.Length), SpliceFlags.None);
                    tile.Dispose(); //~VMS2007
                    return sent == 256 * 256 >> zoom;
                }
            }
            """,
        ["PacketFree"] = """
            // Network capture: packets are copied into unmanaged memory and pushed, one block a packet.
            public readonly record struct Packet(long Time, ReadOnlyMemory<byte> Bytes);

            public sealed unsafe class CaptureFeed(SafeHandle pipe)
            {
                public long Sent { get; private set; }

                public void Push(IEnumerable<Packet> packets)
                {
                    foreach ((_, ReadOnlyMemory<byte> bytes) in packets)
                    {
                        nint block = Marshal.AllocHGlobal(bytes.Length);
                        bytes.Span.CopyTo(new Span<byte>((void*)block, bytes.Length));
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(block, (nuint)bytes.Length), SpliceFlags.None);
                        Marshal.FreeHGlobal(block); //~VMS2007
                        if (sent != bytes.Length)
                        {
                            throw new IOException("a packet was cut");
                        }

                        Sent += sent;
                    }
                }
            }
            """,
        ["PinnedMemoryCall"] = """
            // Genomics: reads are packed two bits a base and pushed.
            public sealed unsafe class ReadPacker(SafeHandle pipe)
            {
                public int Push(string bases)
                {
                    byte[] packed = new byte[(bases.Length + 3) / 4];
                    foreach (var (i, letter) in bases.Index())
                    {
                        int code = letter switch { 'A' => 0, 'C' => 1, 'G' => 2, _ => 3 };
                        packed[i / 4] |= (byte)(code << (2 * (i % 4)));
                    }

                    Memory<byte> memory = packed;
                    using MemoryHandle pin = memory.Pin();
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pin.Pointer, (nuint)packed.Length), SpliceFlags.None); //~VMS2006
                    return sent == packed.Length ? packed.Length : throw new IOException("a read was cut");
                }
            }
            """,
        ["UnpinnedRow"] = """
            // Column store: one row of three numbers goes ahead as a probe.
            public sealed record Row(long Id, long Price, long Quantity);

            public sealed class RowProbe(SafeHandle pipe)
            {
                private const int RowBytes = 3 * sizeof(long);

                public bool TryProbe(Row row)
                {
                    long[] cells = [row.Id, row.Price, row.Quantity];
                    nint address = Marshal.UnsafeAddrOfPinnedArrayElement(cells, 0);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(address, RowBytes), SpliceFlags.NonBlocking); //~VMS2006
                    return sent switch
                    {
                        RowBytes => true,
                        0 => false,
                        _ => throw new IOException($"{sent} bytes of a row were taken"),
                    };
                }
            }
            """,
    };
}
