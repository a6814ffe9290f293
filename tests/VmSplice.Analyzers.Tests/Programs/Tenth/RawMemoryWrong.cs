namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Memory of the raw call that moves, ends or is freed while it is in flight.</summary>
internal sealed class RawMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CanBatch"] = """
            using System.Buffers.Binary;
            using System.Runtime.InteropServices;

            namespace Gateway.Can;

            /// <summary>A batch of CAN frames that lies in native memory, behind a header of sixteen bytes.</summary>
            public sealed unsafe class CanBatch(byte* frames)
            {
                private const int FrameSize = 16;
                private const int HeaderSize = 16;
                private uint _sequence;

                public void Send(SafeHandle pipe, int count)
                {
                    Span<byte> header = stackalloc byte[HeaderSize];
                    BinaryPrimitives.WriteUInt32LittleEndian(header, 0x4E414331);
                    BinaryPrimitives.WriteUInt32LittleEndian(header[4..], _sequence++);
                    BinaryPrimitives.WriteInt32LittleEndian(header[8..], count);
                    BinaryPrimitives.WriteInt32LittleEndian(header[12..], Checksum(header[..12]));

                    int length = count * FrameSize;
                    fixed (byte* start = header)
                    {
                        nint sent = RawPipe.VmSplice(pipe, [new IoVec(start, HeaderSize), new IoVec(frames, (nuint)length)]); //~VMS2005
                        if (sent != HeaderSize + length)
                        {
                            throw new IOException($"the gateway took {sent} bytes");
                        }
                    }
                }

                private static int Checksum(ReadOnlySpan<byte> bytes)
                {
                    int sum = 0;
                    foreach (byte b in bytes)
                    {
                        sum = (sum << 1) ^ b;
                    }

                    return sum;
                }
            }
            """,
        ["HeatGrid"] = """
            using System.Runtime.InteropServices;

            namespace Scientific.Heat;

            /// <summary>Relaxes a plate and streams every line of it to the plotter.</summary>
            public static unsafe class HeatGrid
            {
                public static void Plot(SafeHandle pipe, double[,] plate, int steps)
                {
                    int height = plate.GetLength(0);
                    int width = plate.GetLength(1);
                    for (int step = 0; step < steps; step++)
                    {
                        for (int y = 1; y < height - 1; y++)
                        {
                            float[] line = new float[width];
                            for (int x = 1; x < width - 1; x++)
                            {
                                plate[y, x] = (plate[y - 1, x] + plate[y + 1, x] + plate[y, x - 1] + plate[y, x + 1]) / 4;
                                line[x] = (float)plate[y, x];
                            }

                            fixed (float* values = line)
                            {
                                SendAll(pipe, (byte*)values, (nuint)width * sizeof(float)); //~VMS2006
                            }
                        }
                    }
                }

                private static void SendAll(SafeHandle pipe, byte* data, nuint length)
                {
                    nuint done = 0;
                    while (done < length)
                    {
                        done += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + done, length - done), SpliceFlags.None);
                    }
                }
            }
            """,
        ["PlaneWriter"] = """
            using System.Runtime.InteropServices;

            namespace Imaging.Planes;

            /// <summary>Takes interleaved pixels apart, and sends one plane after the other.</summary>
            public static unsafe class PlaneWriter
            {
                private const int Planes = 3;

                public static void Write(SafeHandle pipe, ReadOnlySpan<byte> interleaved)
                {
                    int pixels = interleaved.Length / Planes;
                    for (int plane = 0; plane < Planes; plane++)
                    {
                        byte* values = (byte*)NativeMemory.Alloc((nuint)pixels);
                        for (int i = 0; i < pixels; i++)
                        {
                            values[i] = interleaved[(i * Planes) + plane];
                        }

                        nint sent = RawPipe.VmSplice(pipe, new IoVec(values, (nuint)pixels), SpliceFlags.None);
                        NativeMemory.Free(values); //~VMS2007
                        if (sent != pixels)
                        {
                            throw new IOException($"plane {plane}: {sent} of {pixels} bytes");
                        }
                    }
                }
            }
            """,
        ["RunLength"] = """
            using System.Runtime.InteropServices;

            namespace Compression.Runs;

            public static class RunLength
            {
                public static int Send(SafeHandle pipe, ReadOnlySpan<byte> source)
                {
                    byte[] packed = new byte[2 * source.Length];
                    int length = Pack(source, packed);
                    GCHandle pin = GCHandle.Alloc(packed, GCHandleType.Pinned);
                    try
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject(), (nuint)length), SpliceFlags.None); //~VMS2006
                        return sent == length ? length : throw new IOException("the pipe took a part of the runs");
                    }
                    finally
                    {
                        pin.Free();
                    }
                }

                private static int Pack(ReadOnlySpan<byte> source, Span<byte> packed)
                {
                    int at = 0;
                    for (int i = 0; i < source.Length;)
                    {
                        int run = 1;
                        while (i + run < source.Length && run < 255 && source[i + run] == source[i])
                        {
                            run++;
                        }

                        packed[at++] = (byte)run;
                        packed[at++] = source[i];
                        i += run;
                    }

                    return at;
                }
            }
            """,
        ["SampleRing"] = """
            using System.Runtime.InteropServices;

            namespace Embedded.Adc;

            public sealed class SampleRing
            {
                private const int Capacity = 1 << 15;
                private readonly short[] _ring = new short[Capacity];
                private int _write;
                private int _read;

                public void Put(short sample)
                {
                    _ring[_write++ & (Capacity - 1)] = sample;
                }

                /// <summary>Passes on what is there without a wrap, and says how many samples that was.</summary>
                public int Drain(SafeHandle pipe)
                {
                    int start = _read & (Capacity - 1);
                    int count = Math.Min(_write - _read, Capacity - start);
                    if (count == 0)
                    {
                        return 0;
                    }

                    nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_ring, start);
                    nint taken = RawPipe.VmSplice(pipe, new IoVec(address, (nuint)count * sizeof(short)), SpliceFlags.None); //~VMS2006
                    int samples = (int)(taken / sizeof(short));
                    _read += samples;
                    return samples;
                }
            }
            """,
    };
}
