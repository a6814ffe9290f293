namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BinBlocks"] = """
            namespace Signal.Spectrum;

            /// <summary>A local function stores into whatever block is the current one.</summary>
            public sealed class BinBlocks(SpliceWriter writer, int bins)
            {
                public void Send(IEnumerable<(int Bin, float Level, bool Last)> levels)
                {
                    PageBuffer<float> block = writer.Rent<float>(bins);
                    Memory<float> view = block.Memory;

                    void Put(int bin, float level)
                    {
                        view.Span[bin] = Math.Max(view.Span[bin], level);
                    }

                    foreach ((int bin, float level, bool last) in levels)
                    {
                        Put(bin, level);
                        if (!last)
                        {
                            continue;
                        }

                        writer.Send(block);
                        block = writer.Rent<float>(bins);
                        view = block.Memory;
                    }

                    block.Dispose();
                }
            }
            """,
        ["ExposureFirst"] = """
            namespace Camera.Exposure;

            public sealed class ExposureFirst(SpliceWriter viewer, int width, int height)
            {
                private readonly int[] _counts = new int[256];

                public double Gain { get; private set; } = 1;

                public void Show(Stream sensor)
                {
                    using PageBuffer<byte> frame = viewer.Rent<byte>(width * height);
                    ReadOnlySpan<byte> luma = frame.Span;
                    sensor.ReadExactly(frame.Span);
                    Array.Clear(_counts);
                    for (int y = 0; y < height; y += 4)
                    {
                        for (int x = 0; x < width; x += 4)
                        {
                            _counts[luma[(y * width) + x]]++;
                        }
                    }

                    viewer.Send(frame);
                    luma = [];
                    Gain = Median(frame.Length / 32) switch
                    {
                        < 32 => Gain * 1.25,
                        > 224 => Gain * 0.8,
                        _ => Gain + luma.Length,
                    };
                }

                private int Median(int half)
                {
                    int level = 0;
                    for (int seen = 0; level < 255 && seen < half; level++)
                    {
                        seen += _counts[level];
                    }

                    return level;
                }
            }
            """,
        ["FramePump"] = """
            namespace Gateway.Serial;

            public static class FramePump
            {
                private const int FrameSize = 16 * 1024;

                public static int Pump(SpliceWriter uplink, Stream serial, int frames)
                {
                    int sent = 0;

                collect:
                    PageBuffer<byte> frame = uplink.Rent<byte>(FrameSize);
                    int length = Collect(serial, frame.Span);
                    if (length == 0)
                    {
                        frame.Dispose();
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
                        if (next == '\n' && length > 0)
                        {
                            break;
                        }

                        frame[length++] = (byte)next;
                    }

                    return length;
                }
            }
            """,
        ["FrameSwitch"] = """
            namespace Network.Frames;

            public enum EtherType { Ip, Arp, Vlan, Unknown }

            public sealed class FrameSwitch(SpliceWriter stack, SpliceWriter tagged)
            {
                private long _dropped;
                private long _lost;

                public (long Dropped, long Lost) Counts => (_dropped, _lost);

                public void Route([Consumes] PageBuffer<byte> frame, int length)
                {
                    EtherType type = length < 14 ? EtherType.Unknown : TypeOf(frame.Span);
                    try
                    {
                        switch (type)
                        {
                            case EtherType.Ip:
                            case EtherType.Arp:
                                stack.Send(frame, length);
                                break;
                            case EtherType.Vlan:
                                tagged.Send(frame, length);
                                break;
                            default:
                                _dropped++;
                                frame.Dispose();
                                break;
                        }
                    }
                    catch (IOException)
                    {
                        // The reader left. A send that fails has taken its buffer.
                        _lost++;
                    }
                }

                private static EtherType TypeOf(ReadOnlySpan<byte> frame) => (frame[12], frame[13]) switch
                {
                    (0x08, 0x00) => EtherType.Ip,
                    (0x08, 0x06) => EtherType.Arp,
                    (0x81, 0x00) => EtherType.Vlan,
                    _ => EtherType.Unknown,
                };
            }
            """,
        ["HeatLines"] = """
            using System.Runtime.InteropServices;

            namespace Scientific.Heat;

            /// <summary>Lines of a plate are pinned only for a copy: Write has taken the bytes when it returns.</summary>
            public static unsafe class HeatLines
            {
                public static void Plot(SpliceWriter pipe, double[,] plate, int steps)
                {
                    int height = plate.GetLength(0);
                    int width = plate.GetLength(1);
                    float[] line = new float[width];
                    for (int step = 0; step < steps; step++)
                    {
                        for (int y = 1; y < height - 1; y++)
                        {
                            for (int x = 1; x < width - 1; x++)
                            {
                                plate[y, x] = (plate[y - 1, x] + plate[y + 1, x] + plate[y, x - 1] + plate[y, x + 1]) / 4;
                                line[x] = (float)plate[y, x];
                            }

                            fixed (float* values = line)
                            {
                                pipe.Write(new ReadOnlySpan<byte>(values, width * sizeof(float)));
                            }

                            MemoryMarshal.AsBytes(line.AsSpan()).Clear();
                        }
                    }
                }
            }
            """,
    };
}
