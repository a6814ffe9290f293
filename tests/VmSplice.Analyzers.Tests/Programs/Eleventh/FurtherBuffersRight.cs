namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class FurtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Submit"] = """
            namespace Studio;

            public enum Route { Live, Record, Muted }

            public sealed class Router(SpliceWriter live, SpliceWriter recorder)
            {
                public int Dropped { get; private set; }

                public void Submit([Consumes] PageBuffer<float> block, Route route)
                {
                    switch (route)
                    {
                        case Route.Live:
                            live.Send(block);
                            break;
                        case Route.Record:
                            recorder.Send(block);
                            break;
                        default:
                            block.Dispose();
                            Dropped++;
                            break;
                    }
                }

                public float Level([Borrows] PageBuffer<float> block)
                {
                    float peak = 0;
                    foreach (float sample in block.Span)
                    {
                        peak = Math.Max(peak, Math.Abs(sample));
                    }

                    return peak;
                }

                public void Play(ReadOnlySpan<float> samples, float limit)
                {
                    PageBuffer<float> block = live.Rent<float>(samples.Length);
                    samples.CopyTo(block.Span);
                    float level = Level(block);
                    Submit(block, level > limit ? Route.Muted : Route.Live);
                }
            }
            """,
        ["Camera"] = """
            namespace Cctv;

            public static class CameraPump
            {
                public static bool SendFrame(SpliceWriter pipe, Stream camera, int size)
                {
                    PageBuffer<byte> frame = pipe.Rent<byte>(size);
                    try
                    {
                        int got = camera.ReadAtLeast(frame.Span, size, throwOnEndOfStream: false);
                        switch (got)
                        {
                            case 0:
                                return false;
                            case var part when part < size:
                                frame.Span[part..].Clear();
                                break;
                        }

                        pipe.Send(frame);
                        return true;
                    }
                    finally
                    {
                        frame.Dispose();        // no effect on one that was sent
                    }
                }
            }
            """,
        ["GiftFrame"] = """
            namespace Video;

            public static class YuvGift
            {
                private const int Width = 640;
                private const int Height = 360;
                private const int FrameSize = Width * Height * 3 / 2;

                public static void Send(SpliceWriter pipe, int frames)
                {
                    int page = Environment.SystemPageSize;
                    int padded = (FrameSize + page - 1) / page * page;
                    for (int i = 0; i < frames; i++)
                    {
                        using PageBuffer<byte> frame = pipe.Rent<byte>(padded);
                        Paint(frame.Span, i);
                        pipe.Gift(frame);
                    }
                }

                public static void SendExact(SpliceWriter pipe, int number)
                {
                    using PageBuffer<byte> frame = pipe.Rent<byte>(FrameSize);
                    Paint(frame.Span, number);
                    pipe.Send(frame);
                }

                private static void Paint(Span<byte> yuv, int number)
                {
                    yuv[..(Width * Height)].Fill((byte)number);
                    yuv[(Width * Height)..].Fill(128);
                }
            }
            """,
        ["Rounded"] = """
            namespace Backup;

            public static class ChunkGift
            {
                private const int Block = 4096;     // of the archive's format, not of the memory

                public static int Send(SpliceWriter pipe, ReadOnlySpan<byte> chunk)
                {
                    int mask = Environment.SystemPageSize - 1;
                    int rounded = (chunk.Length + mask) & ~mask;
                    using PageBuffer<byte> pages = pipe.Rent<byte>(rounded);
                    chunk.CopyTo(pages.Span);
                    pipe.Gift(pages);
                    return rounded;
                }

                public static int SendBlocks(SpliceWriter pipe, ReadOnlySpan<byte> chunk)
                {
                    int rounded = (chunk.Length + Block - 1) / Block * Block;
                    using PageBuffer<byte> blocks = pipe.Rent<byte>(rounded);
                    chunk.CopyTo(blocks.Span);
                    pipe.Send(blocks);              // no gift: any length will do
                    return rounded / Block;
                }
            }
            """,
        ["CaptureFile"] = """
            using Microsoft.Win32.SafeHandles;

            public static class CaptureTool
            {
                public static void Send(string fifo, ReadOnlySpan<byte> capture)
                {
                    SafeFileHandle handle = File.OpenHandle(fifo, FileMode.Open, FileAccess.Write);
                    using SpliceWriter output = SpliceWriter.Open(handle);
                    output.Write(capture);
                }

                /// <summary>What comes from the pipe goes to a new file, without passing through this process.</summary>
                public static long Save(string fifo, string folder)
                {
                    string path = Path.Combine(folder, $"{DateTime.UtcNow:yyyyMMddHHmmss}.cap");
                    using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
                    using SpliceReader input = SpliceReader.OpenFifo(fifo);
                    return input.Forward(file);
                }
            }
            """,
        ["Mirror"] = """
            public sealed class Mirror : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;
                private readonly SpliceReader _reader;

                public Mirror()
                {
                    _writer = _pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
                    _reader = _pipe.OpenReader();
                }

                public void Write(ReadOnlySpan<byte> bytes) => _writer.Write(bytes);

                /// <summary>Both get the same bytes, until the writer is disposed by another thread.</summary>
                /// <remarks>The reader copies where the writer reuses its pages.</remarks>
                public long CopyTo(SpliceWriter other, FileStream file)
                {
                    long all = 0;
                    while (_reader.Tee(other, _pipe.Capacity) is > 0 and var bytes)
                    {
                        all += _reader.Forward(file, bytes);
                    }

                    return all;
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _reader.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
    };
}
