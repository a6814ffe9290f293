using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Spectre.Console;
using VmSplice;

namespace Quickstart;

/// <summary>The parent: samples /proc, sends the samples to a child, then replays them in bulk and compares.</summary>
internal static class Producer
{
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromMilliseconds(500);

    public static int Run(PipeReaderKind readerKind, int gibibytes, int rounds, int chunkSize)
    {
        long recordsPerRound = gibibytes * (1L << 30) / Unsafe.SizeOf<ProcessSample>() / rounds;
        using SplicePipe resultPipe = SplicePipe.Create();
        using Process child = resultPipe.StartChildWithWriter(StartOfChild(
            "consume", Text(BetweenSamples.TotalMilliseconds), Text(rounds + 1), Text(recordsPerRound), Text(chunkSize)));
        using SpliceWriter output = SpliceWriter.OpenChildInput(child, new() { Reader = readerKind });
        using RecordReader<RoundResult> results = RoundResult.CreateReader(resultPipe.OpenReader());

        ProcessSample[] captured = SendSamples(output);

        // The header comes once the child has printed the table: before that the rounds would be timed beside it.
        _ = results.ReadHeader();
        Neighbours.WaitUntilQuiet(child.Id);
        var replay = new Replay(output, results, captured, recordsPerRound, chunkSize);
        Rounds measured = ReplayInTurn(replay, rounds);

        output.Dispose();
        child.WaitForExit();
        return Report(measured, replay.IsInPlace) && child.ExitCode == 0 ? 0 : 1;
    }

    /// <summary>This program once more, also where it was started as <c>dotnet Quickstart.dll</c>.</summary>
    private static ProcessStartInfo StartOfChild(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true };
        if (Path.GetFileName(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static ProcessSample[] SendSamples(SpliceWriter output)
    {
        List<ProcessSample> first = ProcFileSystem.SampleAll();
        Task.Delay(BetweenSamples).Wait();
        List<ProcessSample> second = ProcFileSystem.SampleAll();
        foreach (List<ProcessSample> samples in (List<ProcessSample>[])[first, second])
        {
            using RecordWriter<ProcessSample> writer = ProcessSample.CreateWriter(output, new() { LeaveOpen = true });
            foreach (ProcessSample sample in samples)
            {
                writer.Next() = sample;
            }

            writer.Complete();
        }

        return [.. second];
    }

    private static Rounds ReplayInTurn(Replay replay, int rounds)
    {
        var measured = new Rounds([], [], []);
        void Play(Action<double> advance)
        {
            for (int round = 0; round <= rounds; round++)
            {
                measured.InPlace.Add(replay.MoveRecords(inPlace: true));
                measured.Moved.Add(replay.MoveRecords(inPlace: false));
                measured.Written.Add(replay.WritePlain());
                advance(100.0 / (rounds + 1));
            }
        }

        if (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
        {
            AnsiConsole.Progress().AutoClear(true).Start(context =>
            {
                ProgressTask task = context.AddTask("replaying, in place, by vmsplice and by write in turn");
                Play(task.Increment);
            });
        }
        else
        {
            Play(static _ => { });
        }

        // The first round warms both sides up.
        return new Rounds(measured.InPlace[1..], measured.Moved[1..], measured.Written[1..]);
    }

    private static bool Report(Rounds measured, bool isInPlace)
    {
        KernelSupport kernel = KernelSupport.Current;
        string sharing = kernel.PageSharing switch
        {
            PageSharing.SharesPages => "shares pages",
            PageSharing.Copies => "copies",
            _ => "unavailable",
        };
        string vmsplice = $"{sharing} ({kernel.PageSharingReason}; {kernel.HugePagesReason})";
        Console.WriteLine(isInPlace ? $"mode: in place (both processes have the memory mapped); vmsplice {vmsplice}" : $"mode: {vmsplice}");

        List<Measurement> all = [.. measured.InPlace, .. measured.Moved, .. measured.Written];
        ulong checksum = all[0].ChecksumSent;
        bool verified = all.TrueForAll(m => m.IsVerified && m.ChecksumSent == checksum);
        long records = all.Sum(static m => m.RecordsReceived);
        Console.WriteLine(verified
            ? string.Create(CultureInfo.InvariantCulture, $"verified: {records} records, checksum {checksum:x16} on both sides")
            : string.Create(CultureInfo.InvariantCulture, $"NOT verified: {all.Count(static m => !m.IsVerified)} of {all.Count} rounds differ"));

        double written = Median(measured.Written);
        if (isInPlace)
        {
            // Which of them is faster depends on what the processors share.
            (string Way, double Speed)[] ways = [("vmsplice", Median(measured.Moved)), ("in place", Median(measured.InPlace))];
            Array.Sort(ways, static (one, other) => one.Speed.CompareTo(other.Speed));
            Console.WriteLine(Speed("beside it", ways[0].Way, ways[0].Speed, written));
            Console.WriteLine(Speed("speed", ways[1].Way, ways[1].Speed, written));
        }
        else
        {
            Console.WriteLine(Speed("speed", "vmsplice", Median(measured.Moved), written));
        }

        return verified;
    }

    private static string Speed(string what, string way, double speed, double written)
        => string.Create(CultureInfo.InvariantCulture, $"{what}: {way} {speed:F2} GiB/s, write {written:F2} GiB/s, ratio {speed / written:F2}");

    private static double Median(List<Measurement> rounds) => rounds.Select(static r => r.GibibytesPerSecond).Order().ElementAt(rounds.Count / 2);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What each way took, round by round.</summary>
    private sealed record Rounds(List<Measurement> InPlace, List<Measurement> Moved, List<Measurement> Written);
}
