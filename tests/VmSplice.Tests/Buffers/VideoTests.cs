using System.Diagnostics;
using System.Globalization;

namespace VmSplice.Tests.Buffers;

/// <summary>Frames of video to other processes: one of ours, and ffmpeg, which knows nothing of this library.</summary>
[Trait("Category", "Transport")]
public class VideoTests
{
    private const int Frames = 25;

    [Theory]
    [InlineData(PipeReaderKind.Unknown, false)]
    [InlineData(PipeReaderKind.Copying, false)]
    [InlineData(PipeReaderKind.Unknown, true)]
    public void PicturesToAnotherDotNetProcess_AllAreRight(PipeReaderKind kind, bool gift)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using Process child = Child.StartReader(pipe, Child.Helper("frames-check"));
        using (SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = kind }))
        {
            for (int i = 0; i < Frames; i++)
            {
                Picture picture = Picture.Rent(writer);
                picture.Draw(i);
                if (gift)
                {
                    writer.Gift(picture);
                }
                else
                {
                    writer.Send(picture);
                }
            }

            writer.CompleteBuffers();
        }

        Assert.Equal($"{Frames} pictures are right", Child.Finish(child).Trim());
    }

    [SkippableTheory]
    [InlineData(PipeReaderKind.Unknown)]
    [InlineData(PipeReaderKind.Copying)]
    public void RawVideoToFfmpeg_TheFileItWritesDecodesToTheSameFrames(PipeReaderKind kind)
    {
        Skip.IfNot(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed (apt-get install ffmpeg)");
        string file = Path.Combine(Path.GetTempPath(), $"vmsplice-{Guid.NewGuid():n}.mkv");
        try
        {
            Encode(file, kind);
            Decode(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Encode(string file, PipeReaderKind kind)
    {
        ProcessStartInfo info = Ffmpeg("-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", Size, "-framerate", "25", "-i", "pipe:0", "-c:v", "ffv1", file);
        info.RedirectStandardInput = true;
        using Process encoder = Child.Start(info);
        using (SpliceWriter writer = SpliceWriter.OpenChildInput(encoder, new SpliceWriterOptions { Reader = kind, Framed = false }))
        {
            for (int i = 0; i < Frames; i++)
            {
                VideoFrame frame = VideoFrame.Rent(writer);
                frame.Draw(i);
                writer.Send(frame);
            }
        }

        Child.Finish(encoder);
    }

    private static void Decode(string file)
    {
        using Process decoder = Child.Start(Ffmpeg("-i", file, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"));
        using SpliceReader reader = SpliceReader.OpenChildOutput(decoder, new SpliceReaderOptions { Framed = false });
        using VideoFrame frame = VideoFrame.Allocate();
        int number = 0;
        while (reader.TryReceiveInto(frame))
        {
            Assert.True(frame.Shows(number), $"frame {number} is another picture");
            number++;
        }

        Assert.Equal(Frames, number);
        Assert.True(decoder.WaitForExit(TimeSpan.FromSeconds(60)), "ffmpeg does not end");
        Assert.Equal(0, decoder.ExitCode);
    }

    private static string Size { get; } = string.Create(CultureInfo.InvariantCulture, $"{VideoFrame.Width}x{VideoFrame.Height}");

    private static ProcessStartInfo Ffmpeg(params string[] arguments)
        => Child.Command("/usr/bin/ffmpeg", ["-loglevel", "error", "-nostdin", "-y", .. arguments]);
}
