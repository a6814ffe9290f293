using System.Diagnostics;
using VmSplice.Samples.Tests.Support;

namespace VmSplice.Samples.Tests.Films;

/// <summary>samples/Frames: the other process sees every pixel, and what ffmpeg makes plays.</summary>
public sealed class FramesTests
{
    private const string Short = "60";

    [SkippableFact]
    public async Task OtherProcessSeesEveryPixel_AndTheFilmPlays()
    {
        Needs.Program("ffmpeg");
        using var folder = new TemporaryFolder();
        string film = folder.File("film.mp4");

        SampleRun run = await SampleRun.OfAsync("frames", TimeSpan.FromMinutes(2), "--frames", Short, "--rounds", "1", "--film", film);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.DoesNotContain("WRONG", run.Output, StringComparison.Ordinal);
        Assert.Contains($"h264,1280,720,{Short}", run.Output, StringComparison.Ordinal);
        Assert.Equal(1.0, await SecondsOfAsync(film), precision: 1);
    }

    [Fact]
    public async Task WithoutFfmpeg_TheOtherProcessIsShownAlone()
    {
        ProcessStartInfo frames = SampleRun.Command("frames", "--frames", "10", "--rounds", "1");
        frames.Environment["PATH"] = "/nowhere";
        using Process process = Process.Start(frames)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("another .NET process", output, StringComparison.Ordinal);
        Assert.Contains("ffmpeg is not installed", output, StringComparison.Ordinal);
    }

    private static async Task<double> SecondsOfAsync(string film)
    {
        string[] arguments = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", film];
        var probe = new ProcessStartInfo("ffprobe", arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(probe)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        return double.Parse(output, System.Globalization.CultureInfo.InvariantCulture);
    }
}
