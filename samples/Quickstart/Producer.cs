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
        (List<Measurement> moved, List<Measurement> written) = ReplayInTurn(replay, rounds);

        output.Dispose();
        child.WaitForExit();
        return Report(moved, written) && child.ExitCode == 0 ? 0 : 1;
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

    private static (List<Measurement> Moved, List<Measurement> Written) ReplayInTurn(Replay replay, int rounds)
    {
        var moved = new List<Measurement>();
        var written = new List<Measurement>();
        void Play(Action<double> advance)
        {
            for (int round = 0; round <= rounds; round++)
            {
                moved.Add(replay.MoveRecords());
                written.Add(replay.WritePlain());
                advance(100.0 / (rounds + 1));
            }
        }

        if (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
        {
            AnsiConsole.Progress().AutoClear(true).Start(context =>
            {
                ProgressTask task = context.AddTask("replaying, vmsplice and write in turn");
                Play(task.Increment);
            });
        }
        else
        {
            Play(static _ => { });
        }

        // The first round warms both sides up.
        return (moved[1..], written[1..]);
    }

    private static bool Report(List<Measurement> moved, List<Measurement> written)
    {
        KernelSupport kernel = KernelSupport.Current;
        string mode = kernel.PageSharing switch
        {
            PageSharing.SharesPages => "shares pages",
            PageSharing.Copies => "copies",
            _ => "unavailable",
        };
        Console.WriteLine($"mode: {mode} ({kernel.PageSharingReason}; {kernel.HugePagesReason})");

        ulong checksum = moved[0].ChecksumSent;
        bool verified = moved.Concat(written).All(m => m.IsVerified && m.ChecksumSent == checksum);
        long records = moved.Concat(written).Sum(static m => m.RecordsReceived);
        Console.WriteLine(verified
            ? string.Create(CultureInfo.InvariantCulture, $"verified: {records} records, checksum {checksum:x16} on both sides")
            : string.Create(CultureInfo.InvariantCulture, $"NOT verified: {moved.Concat(written).Count(static m => !m.IsVerified)} of {moved.Count * 2} rounds differ"));

        double x = Median(moved);
        double y = Median(written);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"speed: vmsplice {x:F2} GiB/s, write {y:F2} GiB/s, ratio {x / y:F2}"));
        return verified;
    }

    private static double Median(List<Measurement> rounds) => rounds.Select(static r => r.GibibytesPerSecond).Order().ElementAt(rounds.Count / 2);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
