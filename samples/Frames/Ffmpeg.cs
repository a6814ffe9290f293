using System.Diagnostics;
using System.Globalization;

namespace Frames;

/// <summary>The commands of ffmpeg, and what it made.</summary>
internal static class Ffmpeg
{
    private const int Rate = 60;

    public static bool IsInstalled { get; }
        = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(static folder => File.Exists(Path.Combine(folder, "ffmpeg")));

    /// <summary>Reads the frames and throws them away: what it can take at most.</summary>
    public static ProcessStartInfo Discard() => Command("-f", "null", "-");

    /// <summary>Makes a film of the frames.</summary>
    public static ProcessStartInfo Encode(string file) => Command("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", file);

    /// <summary>What ffprobe finds when it reads all of the film: codec, width, height and the number of frames.</summary>
    public static string Probe(string file)
    {
        var probe = new ProcessStartInfo(
            "ffprobe",
            [
                "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries", "stream=codec_name,width,height,nb_read_frames",
                "-of", "csv=p=0", file,
            ])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(probe)!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static ProcessStartInfo Command(params ReadOnlySpan<string> output) => new("ffmpeg", [
        "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr0",
        "-s", string.Create(CultureInfo.InvariantCulture, $"{Picture.Width}x{Picture.Height}"),
        "-r", Rate.ToString(CultureInfo.InvariantCulture), "-i", "-", .. output]);
}
