namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Memory that the raw call must not get, or that goes too early.</summary>
internal sealed class RawMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BlockTrailer"] = """
            // Compression: a block that stays, and a trailer with its sizes behind it.
            public sealed unsafe class BlockTrailer(SafeHandle pipe)
            {
                private long _total;

                public void Append(FrozenPages<byte> block, long rawSize)
                {
                    Span<long> trailer = stackalloc long[4];
                    trailer[0] = block.Length;
                    trailer[1] = rawSize;
                    trailer[2] = _total += block.Length;
                    trailer[3] = unchecked((long)0x8B1F_0000_0000_0000UL);
                    nint length = block.Length + (trailer.Length * sizeof(long));
                    fixed (long* end = trailer)
                    {
                        IoVec[] parts = new IoVec[2];
                        parts[0] = new IoVec(block.Address, (nuint)block.Length);
                        parts[1] = new IoVec(end, (nuint)(trailer.Length * sizeof(long)));
                        nint sent = RawPipe.VmSplice(pipe, parts); //~VMS2005
                        if (sent != length)
                        {
                            throw new IOException($"{sent} of {length} bytes");
                        }
                    }
                }
            }
            """,
        ["ProbeSnapshot"] = """
            // Monitoring: a snapshot of counters by the raw call, out of a page buffer.
            public sealed class ProbeSnapshot(SafeHandle pipe, Func<int, long> counter)
            {
                public int Taken { get; private set; }

                public void Take(int counters)
                {
                    PageBuffer<long> values = PageBuffer<long>.Allocate(counters);
                    for (int i = 0; i < counters; i++)
                    {
                        values[i] = counter(i);
                    }

                    nuint length = (nuint)counters * sizeof(long);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(values.Address, length), SpliceFlags.None);
                    bool all = (nuint)sent == length;
                    Taken++;
                    values.Dispose(); //~VMS2007
                    if (!all)
                    {
                        throw new IOException("short");
                    }
                }
            }
            """,
        ["SeismicDump"] = """
            // Seismology: a day's trace goes to the plotter; the handle pins it meanwhile.
            public static class SeismicDump
            {
                public static void Dump(SafeHandle plotter, IEnumerable<double> amplitudes)
                {
                    int[] counts = amplitudes.Select(static a => (int)(a * 1_000_000)).ToArray();
                    GCHandle pin = GCHandle.Alloc(counts, GCHandleType.Pinned);
                    try
                    {
                        nuint length = (nuint)counts.Length * sizeof(int);
                        nint sent = RawPipe.VmSplice(plotter, new IoVec(pin.AddrOfPinnedObject(), length), SpliceFlags.None); //~VMS2006
                        if ((nuint)sent != length)
                        {
                            throw new IOException("the plotter's pipe is too small");
                        }
                    }
                    finally
                    {
                        pin.Free();
                    }
                }
            }
            """,
        ["SqlPipe"] = """
            // Databases: the text of a statement, as UTF-16, to a process that logs it.
            public static unsafe class SqlPipe
            {
                public static nint Log(SafeHandle logger, string table, IReadOnlyList<string> columns)
                {
                    string statement = $"select {string.Join(", ", columns)} from {table}";
                    nuint left = (nuint)statement.Length * sizeof(char);
                    nint all = 0;
                    fixed (char* text = statement)
                    {
                        byte* at = (byte*)text;
                        while (left > 0)
                        {
                            nint sent = RawPipe.VmSplice(logger, new IoVec(at, left), SpliceFlags.None); //~VMS2006
                            at += sent;
                            left -= (nuint)sent;
                            all += sent;
                        }
                    }

                    return all;
                }
            }
            """,
        ["SynthVoice"] = """
            // Audio: renders a note and hands it to the mixer.
            public static unsafe class SynthVoice
            {
                private const int Rate = 48_000;

                public static bool Play(SafeHandle mixer, double frequency, TimeSpan length)
                {
                    var samples = new float[(int)(length.TotalSeconds * Rate)];
                    double phase = 0;
                    for (int i = 0; i < samples.Length; i++)
                    {
                        samples[i] = (float)Math.Sin(phase) * Envelope(i, samples.Length);
                        phase += frequency * Math.Tau / Rate;
                    }

                    using MemoryHandle pin = samples.AsMemory().Pin();
                    nint bytes = samples.Length * sizeof(float);
                    return RawPipe.VmSplice(mixer, [new IoVec(pin.Pointer, (nuint)bytes)]) == bytes; //~VMS2006
                }

                private static float Envelope(int at, int length)
                    => at < 480 ? at / 480f : at > length - 480 ? (length - at) / 480f : 1;
            }
            """,
        ["TextureUpload"] = """
            // Games: a mip level is decoded into native memory and handed to the renderer's process.
            public static unsafe class TextureUpload
            {
                private delegate void Decode(Span<byte> pixels);

                public static bool Upload(SafeHandle renderer, int width, int height, int mip)
                {
                    nuint length = (nuint)((width >> mip) * (height >> mip) * 4);
                    byte* pixels = (byte*)NativeMemory.Alloc(length);
                    Decode decode = mip == 0 ? Noise : static p => p.Fill(0x7F);
                    try
                    {
                        decode(new Span<byte>(pixels, (int)length));
                        nint sent = RawPipe.VmSplice(renderer, new IoVec(pixels, length), SpliceFlags.None);
                        return (nuint)sent == length;
                    }
                    finally
                    {
                        NativeMemory.Free(pixels); //~VMS2007
                    }
                }

                private static void Noise(Span<byte> pixels)
                {
                    uint state = 1;
                    for (int i = 0; i < pixels.Length; i++)
                    {
                        state = (state * 1664525) + 1013904223;
                        pixels[i] = (byte)(state >> 24);
                    }
                }
            }
            """,
        ["TraceHeaderPush"] = """
            // Tracing: a header in front of each burst of events.
            public struct BurstHeader { public long Time; public int Count; public int Core; }

            public static unsafe class TraceHeaderPush
            {
                public static void Announce(SafeHandle pipe, int count, int core)
                {
                    BurstHeader header;
                    header.Time = Environment.TickCount64;
                    header.Count = count;
                    header.Core = core;
                    Push(pipe, (byte*)&header, sizeof(BurstHeader)); //~VMS2005
                }

                private static void Push(SafeHandle pipe, byte* data, int length)
                {
                    while (length > 0)
                    {
                        int taken = (int)RawPipe.VmSplice(pipe, new IoVec(data, (nuint)length), SpliceFlags.None);
                        if (taken == 0)
                        {
                            throw new EndOfStreamException();
                        }

                        data += taken;
                        length -= taken;
                    }
                }
            }
            """,
    };
}
