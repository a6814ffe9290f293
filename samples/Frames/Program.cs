using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Frames;

var frames = new Option<int>("--frames") { Description = "How many a run.", DefaultValueFactory = static _ => 600 };
var rounds = new Option<int>("--rounds") { Description = "Runs of each way, in turn; medians are printed.", DefaultValueFactory = static _ => 3 };
var film = new Option<string>("--film") { Description = "The film to make.", DefaultValueFactory = static _ => "frames.mp4" };
var root = new RootCommand("Draws frames for another .NET process and for ffmpeg, through shared pages and through a plain pipe.") { frames, rounds, film };
root.SetAction(given => Run(given.GetValue(frames), given.GetValue(rounds), given.GetValue(film)!));
var moved = new Command("watch-moved", "The reader of moved frames; started by the parent.") { Hidden = true };
moved.SetAction(_ => Watcher.WatchMoved());
var written = new Command("watch-written", "The reader of written frames; started by the parent.") { Hidden = true };
written.SetAction(_ => Watcher.WatchWritten());
root.Subcommands.Add(moved);
root.Subcommands.Add(written);
return root.Parse(args).Invoke();

static int Run(int frames, int rounds, string film)
{
    double size = sizeof(int) * Picture.Width * Picture.Height / 1048576.0;
    Console.WriteLine(Text($"{frames} frames of {Picture.Width} x {Picture.Height}, {size:F1} MiB each; frames a second, medians of {rounds}"));
    Console.WriteLine(Text($"{"drawing alone",-32}{DrawAlone(frames),10:F0}"));
    string expected = Watcher.Report(frames, Renderer.ChecksumOf(frames));
    bool right = Compare(
        "another .NET process",
        rounds,
        () => Screening.Write(Self("watch-written"), frames),
        () => Screening.Move(Self("watch-moved"), frames, framed: true),
        expected);
    if (!Ffmpeg.IsInstalled)
    {
        Console.WriteLine("ffmpeg is not installed: no film.");
        return right ? 0 : 1;
    }

    right &= CompareFfmpeg("ffmpeg that discards", rounds, frames, Ffmpeg.Discard);
    right &= CompareFfmpeg("ffmpeg that encodes", 1, frames, () => Ffmpeg.Encode(film));
    string probed = Ffmpeg.Probe(film);
    Console.WriteLine($"{film}: {probed} (ffprobe)");
    return right && probed == Text($"h264,{Picture.Width},{Picture.Height},{frames}") ? 0 : 1;
}

static bool CompareFfmpeg(string reader, int rounds, int frames, Func<ProcessStartInfo> command)
    => Compare(reader, rounds, () => Screening.Write(command(), frames), () => Screening.Move(command(), frames, framed: false), expected: "");

static bool Compare(string reader, int rounds, Func<Screening> write, Func<Screening> move, string expected)
{
    List<Screening> written = [];
    List<Screening> moved = [];
    for (int i = 0; i < rounds; i++)
    {
        written.Add(write());
        moved.Add(move());
    }

    bool right = written.Concat(moved).All(run => run.Output == expected);
    double plain = Median(written);
    double shared = Median(moved);
    Console.WriteLine(Text($"{reader,-32}{plain,10:F0} plain pipe {shared,10:F0} shared pages {shared / plain,8:F2} times"));
    if (!right)
    {
        Console.WriteLine($"WRONG: {string.Join(" and ", written.Concat(moved).Select(run => run.Output).Distinct())}, not {expected}");
    }

    return right;
}

static double DrawAlone(int frames)
{
    int[] pixels = new int[Picture.Width * Picture.Height];
    long start = Stopwatch.GetTimestamp();
    for (int i = 0; i < frames; i++)
    {
        Renderer.Draw(pixels, i);
    }

    return frames / Stopwatch.GetElapsedTime(start).TotalSeconds;
}

static double Median(List<Screening> runs) => runs.Select(run => run.FramesPerSecond).Order().ElementAt(runs.Count / 2);

static ProcessStartInfo Self(string command) => new(Environment.ProcessPath!, [command]);

static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
