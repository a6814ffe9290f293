namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers and views that are used after they were given away.</summary>
internal sealed class UsesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BlockCrc"] = """
            namespace Storage.Blocks;

            /// <summary>Copies a volume block by block into a pipe, and keeps the checksum of each block.</summary>
            public static class BlockCrc
            {
                private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(static n => Entry((uint)n))];

                public static async Task<List<uint>> CopyAsync(Stream volume, SpliceWriter pipe, int blockSize, CancellationToken cancellation)
                {
                    List<uint> sums = [];
                    while (true)
                    {
                        using PageBuffer<byte> block = pipe.Rent<byte>(blockSize);
                        int read = await volume.ReadAtLeastAsync(block.Memory, blockSize, throwOnEndOfStream: false, cancellation);
                        if (read < blockSize)
                        {
                            return sums;
                        }

                        // The checksum is computed while the pipe takes the block.
                        ValueTask sending = pipe.SendAsync(block, cancellationToken: cancellation);
                        uint sum = Crc(block.Span); //~VMS2002
                        await sending;
                        sums.Add(sum);
                    }
                }

                private static uint Crc(ReadOnlySpan<byte> data)
                {
                    uint crc = uint.MaxValue;
                    foreach (byte b in data)
                    {
                        crc = s_table[(byte)(crc ^ b)] ^ (crc >> 8);
                    }

                    return ~crc;
                }

                private static uint Entry(uint n)
                {
                    for (int bit = 0; bit < 8; bit++)
                    {
                        n = (n & 1) != 0 ? 0xEDB88320 ^ (n >> 1) : n >> 1;
                    }

                    return n;
                }
            }
            """,
        ["Exposure"] = """
            namespace Camera.Exposure;

            public sealed class ExposureControl(SpliceWriter viewer, int width, int height)
            {
                private readonly int[] _counts = new int[256];

                public double Gain { get; private set; } = 1;

                public void Show(Stream sensor)
                {
                    using PageBuffer<byte> frame = viewer.Rent<byte>(width * height);
                    ReadOnlySpan<byte> luma = frame.Span;
                    sensor.ReadExactly(frame.Span);
                    viewer.Send(frame);

                    Array.Clear(_counts);
                    for (int y = 0; y < height; y += 4)
                    {
                        for (int x = 0; x < width; x += 4)
                        {
                            _counts[luma[(y * width) + x]]++; //~VMS2002
                        }
                    }

                    Gain = Median() switch
                    {
                        < 32 => Gain * 1.25,
                        > 224 => Gain * 0.8,
                        _ => Gain,
                    };
                }

                private int Median()
                {
                    int half = width * height / 32;
                    int level = 0;
                    for (int seen = 0; level < 255 && seen < half; level++)
                    {
                        seen += _counts[level];
                    }

                    return level;
                }
            }
            """,
        ["ObjectFiles"] = """
            namespace Toolchain.Linker;

            [Spliceable]
            public partial struct Symbol
            {
                public long Address;
                public int Size;
                public int Section;
            }

            [Spliceable]
            public sealed partial class ObjectFile
            {
                [Segment(MaxLength = 1024)] public partial TextSegment Source { get; }
                [Segment(MaxLength = 100_000)] public partial ListSegment<Symbol> Symbols { get; }
            }

            public sealed class ObjectFiles(SpliceWriter linker, TextWriter log)
            {
                public void Emit(string source, ReadOnlySpan<(long Address, int Size, int Section)> symbols)
                {
                    ObjectFile file = ObjectFile.Rent(linker);
                    TextSegment name = file.Source;
                    name.Set(source);
                    foreach ((long address, int size, int section) in symbols)
                    {
                        if (size == 0)
                        {
                            continue;
                        }

                        file.Symbols.Add(new Symbol { Address = address, Size = size, Section = section });
                    }

                    linker.Send(file);
                    log.Write(name.ToString()); //~VMS2002
                    log.WriteLine($": {symbols.Length} symbols seen");
                }
            }
            """,
        ["SerialPump"] = """
            namespace Gateway.Serial;

            /// <summary>Cuts what a serial line brings into frames and passes them to the uplink.</summary>
            public static class SerialPump
            {
                private const int FrameSize = 16 * 1024;
                private const byte Sync = 0x7E;

                public static int Pump(SpliceWriter uplink, Stream serial, int frames)
                {
                    using PageBuffer<byte> frame = uplink.Rent<byte>(FrameSize);
                    int sent = 0;

                collect:
                    int length = Collect(serial, frame.Span); //~VMS2002
                    if (length == 0)
                    {
                        return sent;
                    }

                    uplink.Send(frame, length);
                    if (++sent < frames)
                    {
                        goto collect;
                    }

                    return sent;
                }

                private static int Collect(Stream serial, Span<byte> frame)
                {
                    int length = 0;
                    int next;
                    while (length < frame.Length && (next = serial.ReadByte()) >= 0)
                    {
                        if (next == Sync && length > 0)
                        {
                            break;
                        }

                        frame[length++] = (byte)next;
                    }

                    return length;
                }
            }
            """,
        ["SineTable"] = """
            namespace Scientific.Tables;

            public static class SineTable
            {
                /// <summary>Sends the table to every solver, and gives back the largest error of the interpolation.</summary>
                public static double Distribute(IReadOnlyList<SpliceWriter> solvers, int steps)
                {
                    PageBuffer<double> values = PageBuffer<double>.Allocate(steps + 1);
                    for (int i = 0; i <= steps; i++)
                    {
                        values.Span[i] = Math.Sin(Math.PI * i / steps);
                    }

                    ReadOnlySpan<double> table;
                    using (FrozenPages<double> pages = values.Freeze())
                    {
                        table = pages.Span;
                        for (int solver = 0; solver < solvers.Count; solver++)
                        {
                            solvers[solver].Send(pages);
                        }
                    }

                    double worst = 0;
                    for (int i = 0; i < steps; i++)
                    {
                        double between = (table[i] + table[i + 1]) / 2; //~VMS2002
                        worst = Math.Max(worst, Math.Abs(between - Math.Sin(Math.PI * (i + 0.5) / steps)));
                    }

                    return worst;
                }
            }
            """,
    };
}
