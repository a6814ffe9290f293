namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Frames of segments, and right.</summary>
internal sealed class FramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BuffersCompletedByHelper"] = """
            [Spliceable]
            public sealed partial class Tile
            {
                [Segment] public partial ref int Index { get; }
                [Segment(Length = 64 * 64)] public partial Span<int> Pixels { get; }
            }

            public sealed class TileExporter(string fifo)
            {
                public int Export(IReadOnlyList<int> colours)
                {
                    using SpliceWriter pipe = SpliceWriter.OpenFifo(fifo, new() { Reader = PipeReaderKind.Copying });
                    for (int i = 0; i < colours.Count; i++)
                        SendOne(pipe, i, colours[i]);

                    Finish(pipe);
                    return colours.Count;
                }

                private static void SendOne(SpliceWriter pipe, int index, int colour)
                {
                    Tile tile = Tile.Rent(pipe);
                    tile.Index = index;
                    tile.Pixels.Fill(colour);
                    pipe.Send(tile);
                }

                private static void Finish(SpliceWriter pipe) => pipe.CompleteBuffers();
            }
            """,
        ["FrameDisposedWhenCameraFails"] = """
            [Spliceable]
            public sealed partial class Shot
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 1280 * 720)] public partial Span<int> Pixels { get; }
            }

            public interface ICamera
            {
                bool TryGrab(Span<int> pixels);
            }

            public sealed class CameraLoop(ICamera camera, SpliceWriter pipe)
            {
                public int Run(int shots)
                {
                    int missed = 0;
                    for (long number = 0; number < shots; number++)
                    {
                        Shot shot = Shot.RentUninitialized(pipe);
                        shot.Number = number;
                        if (!camera.TryGrab(shot.Pixels))
                        {
                            shot.Dispose();
                            missed++;
                            continue;
                        }

                        pipe.Send(shot);
                    }

                    return missed;
                }
            }
            """,
        ["HeaderRefMovedToNextFrame"] = """
            namespace C062;

            [Spliceable]
            public partial struct FrameHeader { public long Number; public long TakenAt; }

            [Spliceable]
            public sealed partial class Frame
            {
                [Segment] public partial ref FrameHeader Header { get; }
                [Segment(Length = 640 * 480)] public partial Span<byte> Luma { get; }
            }

            public sealed class StereoPump(SpliceWriter left, SpliceWriter right)
            {
                private long _number;

                public void Pump(ReadOnlySpan<byte> leftLuma, ReadOnlySpan<byte> rightLuma)
                {
                    Frame frame = Frame.Rent(left);
                    ref FrameHeader header = ref frame.Header;
                    header.Number = ++_number;
                    leftLuma.CopyTo(frame.Luma);
                    left.Send(frame);

                    frame = Frame.Rent(right);
                    header = ref frame.Header;
                    header.Number = _number;
                    header.TakenAt = Environment.TickCount64;
                    rightLuma.CopyTo(frame.Luma);
                    right.Send(frame);
                }
            }
            """,
        ["ReceivedClipsSentOnWhole"] = """
            [Spliceable]
            public sealed partial class Clip
            {
                [Segment] public partial ref long Hops { get; }
                [Segment(MaxLength = 1 << 20)] public partial Span<byte> Data { get; }
            }

            public sealed class ClipRelay(SpliceReader upstream, SpliceWriter downstream)
            {
                public async Task<long> RelayAsync(CancellationToken cancellation)
                {
                    long bytes = 0;
                    while (await upstream.TryReceiveAsync<Clip>(cancellation) is { } clip)
                    {
                        clip.Hops++;
                        bytes += clip.DataLength;
                        await downstream.SendAsync(clip, cancellation);
                    }

                    await downstream.CompleteBuffersAsync(cancellation);
                    return bytes;
                }
            }
            """,
        ["ReceivedFrameCopiedBeforeItIsPassedOn"] = """
            [Spliceable]
            public sealed partial class Sheet
            {
                [Segment] public partial ref long Number { get; }
                [Segment(Length = 1024)] public partial Span<int> Cells { get; }
            }

            public static class Doubler
            {
                public static long Run(SpliceReader input, SpliceWriter output)
                {
                    using Sheet received = Sheet.Allocate();
                    long count = 0;
                    while (input.TryReceiveInto(received))
                    {
                        Sheet answer = Sheet.Rent(output);
                        answer.Number = received.Number;
                        for (int i = 0; i < answer.Cells.Length; i++)
                            answer.Cells[i] = received.Cells[i] * 2;

                        output.Send(answer);
                        received.Number = 0;
                        count++;
                    }

                    output.CompleteBuffers();
                    return count;
                }
            }
            """,
        ["UnframedPlanesToAnEncoder"] = """
            [Spliceable]
            public sealed partial class Gray
            {
                [Segment(Length = 320 * 240)] public partial Span<byte> Luma { get; }
            }

            public static class GifEncoder
            {
                public static int Encode(string file, int frames, Func<int, byte> shade)
                {
                    ProcessStartInfo start = new("ffmpeg", ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "320x240", "-i", "pipe:0", file])
                    {
                        RedirectStandardInput = true,
                    };
                    using Process ffmpeg = Process.Start(start)!;
                    using (SpliceWriter input = SpliceWriter.OpenChildInput(ffmpeg, new() { Framed = false }))
                    {
                        for (int i = 0; i < frames; i++)
                        {
                            Gray frame = Gray.Rent(input);
                            frame.Luma.Fill(shade(i));
                            input.Send(frame);
                        }
                    }

                    ffmpeg.WaitForExit();
                    return ffmpeg.ExitCode;
                }
            }
            """,
    };
}
