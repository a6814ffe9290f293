using System.Diagnostics;
using System.Globalization;
using VmSplice;

namespace Relay.Demo;

/// <summary>Source, pipe, publisher, server, consumer, pipe, sink: all on this machine, counted and verified.</summary>
internal sealed class Demonstration(Engine engine, long records, int perMessage, int linger, int perMillisecond, int kills)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using LocalServer server = await LocalServer.StartAsync(engine);
        Console.WriteLine($"{server.Program} on {server.Address}, its files in {server.Folder}");
        if (kills == 0)
        {
            await RunLocalAsync(cancellation);
        }

        TimeSpan before = Environment.CpuUsage.TotalTime;
        var sink = new Sink();
        Source source = kills == 0
            ? new Source(Source.WarmUp + records, perMillisecond, sink.WaitForWarmUpAsync)
            : new Source(long.MaxValue, perMillisecond);
        Summary summary = await RunThroughAsync(server, source, sink, cancellation);
        Console.WriteLine($"through it: {summary}");
        if (kills == 0)
        {
            Report(Environment.CpuUsage.TotalTime - before, ("publish", source.RelayBusy), ("consume", sink.RelayBusy), ("server", server.ProcessorTime));
        }
        else
        {
            Console.WriteLine(Text($"killed: publisher, server and consumer, {kills} times each"));
        }

        return Verify(summary, source);
    }

    private async Task RunLocalAsync(CancellationToken cancellation)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        using SpliceLink link = SpliceLink.Start(Self(DemoCommands.Count, []), new() { Reader = PipeReaderKind.Copying });
        Summary summary = default;
        await link.ExchangeAsync(
            (pipe, token) => new Source(Source.WarmUp + records, perMillisecond, static token => Task.Delay(500, token)).SendAsync(pipe, 0, token),
            async (pipe, token) =>
            {
                using RecordReader<Summary> answer = Summary.CreateReader(pipe);
                summary = (await answer.ReadBatchAsync(token)).Span[0];
            },
            cancellation);
        Console.WriteLine($"a pipe:     {summary}");
        Report(Environment.CpuUsage.TotalTime - before, ("count", summary.Busy));
    }

    private async Task<Summary> RunThroughAsync(LocalServer server, Source source, Sink sink, CancellationToken cancellation)
    {
        // Without kills nothing is late but for a slow machine, and a message that comes twice costs more than a wait.
        var log = new LogAddress(engine, server.Address, "readings", "demo", TimeSpan.FromSeconds(kills == 0 ? 30 : 2));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        string[] consume = ["--group", "sink", "--acknowledge-within", Text($"{log.AcknowledgeWithin.TotalSeconds}"), "--quiet"];
        string[] publish = ["--source", log.Source, "--per-message", Text($"{perMessage}"), "--linger", Text($"{linger}"), "--quiet"];
        Task<Summary> receiving = sink.RunAsync(Self(DemoCommands.Consume, [.. log.Arguments, .. consume]), source, ending.Token);
        Task sending = source.RunAsync(Self(DemoCommands.Publish, [.. log.Arguments, .. publish]), ending.Token);
        Task killing = kills == 0 ? Task.CompletedTask : new Kills(source, sink, server).RunAsync(kills, ending.Token);
        try
        {
            await foreach (Task one in Task.WhenEach(receiving, sending, killing).WithCancellation(cancellation))
            {
                await one;
            }
        }
        finally
        {
            await ending.CancelAsync();     // where one has failed the others wait for it
        }

        return await receiving;
    }

    private static void Report(TimeSpan here, params ReadOnlySpan<(string Who, TimeSpan Busy)> others)
    {
        TimeSpan all = here;
        string parts = Text($"this process {here.TotalSeconds:F2}");
        foreach ((string who, TimeSpan busy) in others)
        {
            all += busy;
            parts += Text($", {who} {busy.TotalSeconds:F2}");
        }

        Console.WriteLine(Text($"            processor time {all.TotalSeconds:F2} s, starts included: {parts}"));
    }

    private static int Verify(Summary summary, Source source)
    {
        ulong expected = Measurement.ChecksumOf(source.Records);
        bool verified = summary.Records == source.Records && summary.Checksum == expected;
        Console.WriteLine(verified
            ? Text($"verified: {summary.Records} records, checksum {expected:x16} on both sides, none lost")
            : Text($"WRONG: {source.Records} records with checksum {expected:x16} were sent, {summary.Records} with {summary.Checksum:x16} came"));
        Console.WriteLine(Text($"again: {source.Again} records were in the log already, {summary.Duplicates} came twice and are known by their sequence"));
        return verified ? 0 : 1;
    }

    private static ProcessStartInfo Self(string command, string[] arguments) => new(Environment.ProcessPath!, [command, .. arguments]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
