namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class MoreBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MixerAnew"] = """
            namespace Audio.Mixer;

            /// <summary>The next block is mixed from the one before; each that went out is replaced.</summary>
            public sealed class MixerAnew(SpliceWriter output, short[] track)
            {
                private const int BlockLength = 4096;

                public void Play(int blocks)
                {
                    PageBuffer<short> front = output.Rent<short>(BlockLength);
                    PageBuffer<short> back = output.Rent<short>(BlockLength);
                    for (int block = 0; block < blocks; block++)
                    {
                        Echo(block * BlockLength, back.Span, front.Span);
                        output.Send(back);
                        back = output.Rent<short>(BlockLength);
                        (front, back) = (back, front);
                    }

                    front.Dispose();
                    back.Dispose();
                }

                private void Echo(int from, ReadOnlySpan<short> before, Span<short> block)
                {
                    for (int i = 0; i < block.Length; i++)
                    {
                        int dry = from + i < track.Length ? track[from + i] : 0;
                        block[i] = (short)Math.Clamp(dry + (before[i] / 2), short.MinValue, short.MaxValue);
                    }
                }
            }
            """,
        ["MotionMeasure"] = """
            namespace Camera.Motion;

            /// <summary>Compares each frame with a copy of the one before, and draws the result into the corner.</summary>
            public sealed class MotionMeasure(int width, int height)
            {
                private readonly byte[] _before = new byte[width * height];

                public int Compare([Borrows] PageBuffer<byte> frame)
                {
                    int moved = 0;
                    ReadOnlySpan<byte> now = frame.Span;
                    for (int y = 0; y + 8 <= height; y += 8)
                    {
                        for (int x = 0; x + 8 <= width; x += 8)
                        {
                            moved += Differs(now, (y * width) + x) ? 1 : 0;
                        }
                    }

                    now.CopyTo(_before);
                    return moved;
                }

                public void Mark([Writes] PageBuffer<byte> frame, int moved)
                {
                    Span<byte> corner = frame.Span[..Math.Min(width, moved)];
                    corner.Fill(byte.MaxValue);
                }

                public void Show(SpliceWriter viewer, [Consumes] PageBuffer<byte> frame)
                {
                    int moved = Compare(frame);
                    Mark(frame, moved);
                    viewer.Send(frame);
                }

                private bool Differs(ReadOnlySpan<byte> now, int at)
                {
                    int sum = 0;
                    for (int line = 0; line < 8; line++, at += width)
                    {
                        for (int i = 0; i < 8; i++)
                        {
                            sum += Math.Abs(now[at + i] - _before[at + i]);
                        }
                    }

                    return sum > 512;
                }
            }
            """,
        ["PageReplica"] = """
            namespace Database.Pages;

            public sealed class PageReplica(SpliceWriter replica, int pageSize)
            {
                private const byte Corrupt = 0xEE;
                private readonly Dictionary<long, long> _offsets = [];
                private long _offset;

                public bool Replicate(long key, Stream file)
                {
                    using PageBuffer<byte> page = replica.Rent<byte>(pageSize);
                    try
                    {
                        file.ReadExactly(page.Span);
                        replica.Send(page);
                        _offsets.Add(key, _offset);
                        _offset += pageSize;
                        return true;
                    }
                    catch (Exception e) when (e is ArgumentException or EndOfStreamException)
                    {
                        if (page.State == PageBufferState.Owned)
                        {
                            // Nothing went out yet: the replica gets a page that says so.
                            page.Span.Fill(Corrupt);
                            replica.Send(page);
                        }

                        return false;
                    }
                }

                public long? Find(long key) => _offsets.TryGetValue(key, out long offset) ? offset : null;
            }
            """,
        ["ProbeForward"] = """
            namespace Measurement.Probe;

            /// <summary>The reader tees and forwards by itself: it copies, because the writer has marked its pipe.</summary>
            public static class ProbeForward
            {
                private const int BlockLength = 4096;

                public static long Run(SpliceWriter monitor, FileStream record, int blocks)
                {
                    using SplicePipe pipe = SplicePipe.Create();
                    using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
                    using SpliceReader reader = pipe.OpenReader();
                    long recorded = 0;
                    for (int i = 0; i < blocks; i++)
                    {
                        using PageBuffer<byte> block = writer.Rent<byte>(BlockLength);
                        block.Span.Fill((byte)i);
                        writer.Send(block);
                        for (long left = BlockLength; left > 0;)
                        {
                            long teed = reader.Tee(monitor, left);
                            left -= reader.Forward(record, teed);
                            recorded += teed;
                        }
                    }

                    return recorded;
                }
            }
            """,
        ["RasterColumn"] = """
            namespace Demo.Raster;

            /// <summary>A column on the stack is computed once for a frame, and each line in the rented pages is made of it.</summary>
            public static class RasterColumn
            {
                private const int Width = 1024;

                public static void Draw(SpliceWriter pipe, int height, int frames, ReadOnlySpan<uint> palette)
                {
                    Span<int> column = stackalloc int[Width];
                    for (int frame = 0; frame < frames; frame++)
                    {
                        for (int x = 0; x < Width; x++)
                        {
                            column[x] = (x * x) + frame;
                        }

                        using PageBuffer<uint> pixels = pipe.Rent<uint>(Width * height);
                        Span<uint> rest = pixels.Span;
                        for (int y = 0; y < height; y++)
                        {
                            Span<uint> line = rest[..Width];
                            for (int x = 0; x < line.Length; x++)
                            {
                                line[x] = palette[(column[x] + y) % palette.Length];
                            }

                            rest = rest[Width..];
                        }

                        pipe.Send(pixels);
                        column.Clear();
                    }
                }
            }
            """,
    };
}
