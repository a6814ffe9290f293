using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Relay;
using Relay.Demo;
using VmSplice.Samples.Tests.Support;

namespace VmSplice.Samples.Tests.Relays;

/// <summary>publish, consume and replay as processes between pipes: what they say, and how they end.</summary>
public sealed class RelayCommandTests
{
    [SkippableFact]
    public async Task Publish_SaysWhatIsStored_AndWhatWasThere()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");

        RelayRun first = await PublishAsync(log, 20_000, "--linger", "10000");
        RelayRun second = await PublishAsync(log, 20_000, "--linger", "10000");

        Assert.Equal((0, "relay: 20,000 records stored in readings"), (first.ExitCode, first.Words));
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("20,000 records stored in readings; 20,000 of them were there already, from --source", second.Words, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task Replay_WritesWhatTheLogHas_AndEnds(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine);
        await PublishAsync(log, 1_000);

        using RelayProcess replay = new("replay", log.Address.Arguments);
        Assert.Equal(1_000, await replay.CountRecordsAsync(log.Late));
        Assert.Equal(new RelayRun(0, "relay: 1,000 records out of readings"), await replay.EndAsync(log.Late));
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task ConsumeUntilIdle_EndsItsStream(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine);
        await PublishAsync(log, 20_000);

        using RelayProcess consume = new("consume", [.. log.Address.Arguments, "--until-idle", "1"]);
        Assert.Equal(20_000, await consume.CountRecordsAsync(log.Late));
        Assert.Equal(new RelayRun(0, "relay: 20,000 records out of readings"), await consume.EndAsync(log.Late));
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task Consume_CtrlC_EndsItsStream(string engine)
    {
        await using LogFixture log = await LogFixture.StartAsync(engine);
        await PublishAsync(log, 1_000);
        using RelayProcess consume = new("consume", log.Address.Arguments);
        using RecordReader<Reading> readings = Reading.CreateReader(SpliceReader.OpenChildOutput(consume.Process));
        Assert.False((await readings.ReadBatchAsync(log.Late)).IsEmpty);

        consume.Interrupt();

        while (!(await readings.ReadBatchAsync(log.Late)).IsEmpty)
        {
        }

        Assert.Equal(1_000, readings.RecordsRead);
        Assert.Equal(new RelayRun(0, "relay: 1,000 records out of readings"), await consume.EndAsync(log.Late));
    }

    [SkippableFact]
    public async Task Consume_WhoseReaderLeaves_EndsInOneLine()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        await PublishAsync(log, 1_000);
        using RelayProcess consume = new("consume", log.Address.Arguments);
        using (SpliceReader reader = SpliceReader.OpenChildOutput(consume.Process))
        {
            using RecordReader<Reading> readings = Reading.CreateReader(reader);
            Assert.False((await readings.ReadBatchAsync(log.Late)).IsEmpty);
        }

        await PublishAsync(log, 1_000, "--source", "another");

        RelayRun run = await consume.EndAsync(log.Late);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("^relay: [0-9,]+ records out of readings$", run.Words);
    }

    [SkippableFact]
    public async Task Publish_CtrlC_StoresWhatItRead()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        using RelayProcess publish = new("publish", log.Address.Arguments);
        await using RecordWriter<Reading> readings = Reading.CreateWriter(SpliceWriter.OpenChildInput(publish.Process));
        readings.Write(new Reading { Sequence = 0 });
        await readings.FlushAsync(log.Late);
        using (RecordReader<Stored> stored = Stored.CreateReader(SpliceReader.OpenChildOutput(publish.Process)))
        {
            Assert.Equal(1, (await stored.ReadBatchAsync(log.Late)).Span[0].Count);
            publish.Interrupt();
            RelayRun run = await publish.EndAsync(log.Late);
            Assert.Equal(new RelayRun(130, "relay: 1 record stored in readings\nrelay: stopped"), run);
        }

        Assert.Throws<BrokenPipeException>(() =>
        {
            readings.Write(new Reading { Sequence = 1 });
            readings.Flush();
        });
    }

    [SkippableTheory]
    [InlineData("publish", "Nats", "waiting for nats-server at 127.0.0.1:1:")]
    [InlineData("consume", "Redis", "waiting for redis-server at 127.0.0.1:1:")]
    public async Task NoServer_IsSaid_AndCtrlCEndsIt(string command, string engine, string words)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        using RelayProcess relay = new(command, ["--engine", engine, "--server", "127.0.0.1:1"]);
        using SpliceWriter sender = SpliceWriter.OpenChildInput(relay.Process);

        Assert.Contains(words, await relay.Process.StandardError.ReadLineAsync(late.Token), StringComparison.Ordinal);

        relay.Interrupt();
        Assert.Equal(new RelayRun(130, "relay: stopped"), await relay.EndAsync(late.Token));
    }

    [SkippableFact]
    public async Task ServerWithoutJetStream_IsSaid()
    {
        Needs.Server(Engine.Nats);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = (IPEndPoint)probe.LocalEndpoint;
        probe.Stop();
        using Process server = Process.Start(new ProcessStartInfo(LocalServer.PathOf(Engine.Nats)!, ["-a", "127.0.0.1", "-p", $"{address.Port}"])
        {
            RedirectStandardError = true,
        })!;
        try
        {
            using RelayProcess relay = new("consume", ["--server", $"{address}"]);
            Assert.Contains("was it started with -js?", await relay.Process.StandardError.ReadLineAsync(late.Token), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
        }
    }

    [SkippableFact]
    public async Task OtherLayout_IsOneLine_WithTheWayOut()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        await log.AppendAsync(messages: 1);     // measurements, where the command expects readings
        using RelayProcess consume = new("consume", log.Address.Arguments);

        RelayRun run = await consume.EndAsync(log.Late);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("relay: 0 records out of readings", run.Words.Split('\n')[0]);
        Assert.Matches("^relay: The message has records of layout .*--stream.*$", run.Words.Split('\n')[1]);
        Assert.Equal(2, run.Words.Split('\n').Length);
    }

    [SkippableFact]
    public async Task SequenceThatDoesNotCountUp_IsOneLine()
    {
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        using RelayProcess publish = new("publish", log.Address.Arguments);
        using (RecordWriter<Reading> readings = Reading.CreateWriter(SpliceWriter.OpenChildInput(publish.Process)))
        {
            readings.Write(new Reading[2]);
            readings.Complete();
        }

        Assert.Equal(
            new RelayRun(1, "relay: 1 record stored in readings\nrelay: Sequence must count up by 1: got 0 after 0. The records before it are stored."),
            await publish.EndAsync(log.Late));
    }

    [SkippableFact]
    public async Task Terminal_GetsText()
    {
        Needs.Program("script");
        await using LogFixture log = await LogFixture.StartAsync("Nats");
        await PublishAsync(log, 2);
        ProcessStartInfo relay = SampleRun.Command("relay", "replay");
        string command = $"{relay.FileName} replay {string.Join(' ', log.Address.Arguments)}";
        using Process terminal = Process.Start(new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardOutput = true })!;

        string shown = await terminal.StandardOutput.ReadToEndAsync(log.Late);

        Assert.Contains("Sequence 0, Value 0", shown, StringComparison.Ordinal);
        Assert.Contains("Sequence 1, Value 0.5", shown, StringComparison.Ordinal);
    }

    private static async Task<RelayRun> PublishAsync(LogFixture log, int records, params string[] options)
    {
        using RelayProcess publish = new("publish", [.. log.Address.Arguments, .. options]);
        using Task<int> answers = publish.DrainAsync(log.Late);
        using (RecordWriter<Reading> readings = Reading.CreateWriter(SpliceWriter.OpenChildInput(publish.Process)))
        {
            for (int i = 0; i < records; i++)
            {
                readings.Write(new Reading { Sequence = i, Value = i * 0.5 });
            }

            readings.Complete();
        }

        await answers;
        return await publish.EndAsync(log.Late);
    }
}
