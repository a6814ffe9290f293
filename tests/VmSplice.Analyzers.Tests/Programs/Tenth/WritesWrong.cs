namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Writes to buffers that were sent, gifted or frozen.</summary>
internal sealed class WritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FieldbusImage"] = """
            using System.Runtime.InteropServices;

            namespace Gateway.Fieldbus;

            /// <summary>Gives a process image away, page by page, to the historian behind the pipe.</summary>
            public static unsafe class FieldbusImage
            {
                private const byte Valid = 1;
                private const byte Stale = 0;

                public static bool Publish(SafeHandle pipe, ReadOnlySpan<byte> inputs, ReadOnlySpan<byte> outputs, TextWriter log)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 8 * page;
                    byte* image = (byte*)NativeMemory.AlignedAlloc(length, page);
                    Span<byte> all = new(image, (int)length);
                    all.Clear();
                    inputs.CopyTo(all[16..]);
                    outputs.CopyTo(all[(all.Length / 2)..]);
                    image[0] = Valid;

                    nint sent = RawPipe.VmSplice(pipe, new IoVec(image, length), SpliceFlags.Gift);
                    if (sent != (nint)length)
                    {
                        log.WriteLine($"only {sent} of {length} bytes went out");
                        return false;
                    }

                    log.WriteLine("image published");
                    image[0] = Stale; //~VMS2001
                    return true;
                }
            }
            """,
        ["FixedShade"] = """
            namespace Demo.Render;

            public static unsafe class FixedShade
            {
                private const uint Black = 0xFF000000;

                public static void Render(SpliceWriter pipe, int width, int height, Func<int, int, uint> shade)
                {
                    PageBuffer<uint> frame = pipe.Rent<uint>(width * height);
                    fixed (uint* pixels = frame.Span)
                    {
                        uint* row = pixels;
                        for (int y = 0; y < height; y++)
                        {
                            for (int x = 0; x < width; x++)
                            {
                                row[x] = shade(x, y);
                            }

                            row += width;
                        }

                        pipe.Send(frame);

                        // The last line is the one that flickers on the old panels.
                        row = pixels + ((height - 1) * width);
                        for (int x = 0; x < width; x++)
                        {
                            row[x] = Black; //~VMS2001
                        }
                    }
                }
            }
            """,
        ["Goertzel"] = """
            namespace Signal.Spectrum;

            /// <summary>A bank of Goertzel filters; each block of sound becomes a block of levels.</summary>
            public sealed class Goertzel(int bins, float floor)
            {
                public void Send(SpliceWriter writer, ReadOnlySpan<float> signal)
                {
                    PageBuffer<float> levels = writer.Rent<float>(bins);
                    Memory<float> view = levels.Memory;

                    void Put(int bin, float level)
                    {
                        view.Span[bin] = MathF.Max(level, floor); //~VMS2001
                    }

                    for (int bin = 0; bin < bins; bin++)
                    {
                        Put(bin, Level(signal, bin));
                    }

                    writer.Send(levels);
                    Put(0, 0);                      // nobody wants to see the direct current
                }

                private float Level(ReadOnlySpan<float> signal, int bin)
                {
                    float coefficient = 2 * MathF.Cos(2 * MathF.PI * bin / (2 * bins));
                    float one = 0;
                    float two = 0;
                    foreach (float sample in signal)
                    {
                        (one, two) = (sample + (coefficient * one) - two, one);
                    }

                    return (one * one) + (two * two) - (coefficient * one * two);
                }
            }
            """,
        ["TestCard"] = """
            using System.Runtime.InteropServices;

            namespace Broadcast.TestCard;

            public struct CardHeader
            {
                public long Sequence;
                public int Width;
                public int Height;
            }

            public static class TestCard
            {
                public static void Loop(SpliceWriter output, int width, int height, int repeats)
                {
                    int header = Marshal.SizeOf<CardHeader>();
                    PageBuffer<byte> card = output.Rent<byte>(header + (width * height));
                    ref CardHeader head = ref MemoryMarshal.AsRef<CardHeader>(card.Span);
                    head.Width = width;
                    head.Height = height;
                    Span<byte> pixels = card.Span[header..];
                    for (int y = 0; y < height; y++)
                    {
                        pixels.Slice(y * width, width).Fill((byte)(y * 255 / height));
                    }

                    using FrozenPages<byte> pages = card.Freeze();
                    for (int i = 0; i < repeats; i++)
                    {
                        head.Sequence = i; //~VMS2012
                        output.Send(pages);
                    }
                }
            }
            """,
        ["TileBorder"] = """
            using System.Runtime.InteropServices;

            namespace Imaging.Tiles;

            public readonly record struct TileSize(int Width, int Height)
            {
                public int Area => Width * Height;
            }

            public sealed class TileStreamer(SpliceWriter pipe)
            {
                public void Stream(ReadOnlySpan<ushort> image, int stride, TileSize tile, int columns, int rows)
                {
                    for (int row = 0; row < rows; row++)
                    {
                        for (int column = 0; column < columns; column++)
                        {
                            using PageBuffer<byte> buffer = pipe.Rent<byte>(tile.Area * sizeof(ushort));
                            Span<ushort> pixels = MemoryMarshal.Cast<byte, ushort>(buffer.Span);
                            for (int y = 0; y < tile.Height; y++)
                            {
                                int from = (((row * tile.Height) + y) * stride) + (column * tile.Width);
                                image.Slice(from, tile.Width).CopyTo(pixels[(y * tile.Width)..]);
                            }

                            pipe.Send(buffer);
                            if (row == 0 || row == rows - 1)
                            {
                                Frame(pixels, tile); //~VMS2001
                            }
                        }
                    }
                }

                private static void Frame(Span<ushort> pixels, TileSize tile)
                {
                    pixels[..tile.Width].Fill(ushort.MaxValue);
                    pixels.Slice(tile.Area - tile.Width, tile.Width).Fill(ushort.MaxValue);
                }
            }
            """,
    };
}
