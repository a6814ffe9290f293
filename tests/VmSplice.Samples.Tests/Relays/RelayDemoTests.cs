using System.Globalization;
using Relay;
using Relay.Demo;
using VmSplice.Samples.Tests.Support;

namespace VmSplice.Samples.Tests.Relays;

/// <summary>The one command of samples/Relay: every record comes, whoever is killed.</summary>
public sealed class RelayDemoTests
{
    /// <summary>How often each is killed: <c>VMSPLICE_SAMPLE_KILLS=10</c> for the long form.</summary>
    private static readonly int s_kills = int.Parse(Environment.GetEnvironmentVariable("VMSPLICE_SAMPLE_KILLS") ?? "1", CultureInfo.InvariantCulture);

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task EveryRecord_ComesAndIsVerified(string engine)
    {
        Needs.Server(Enum.Parse<Engine>(engine));

        SampleRun run = await SampleRun.OfAsync("relay", TimeSpan.FromMinutes(2), "demo", "--engine", engine, "--records", "200000");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("verified: 210000 records", run.Output, StringComparison.Ordinal);
        Assert.Contains("none lost", run.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("Nats")]
    [InlineData("Redis")]
    public async Task RelayServerAndConsumerKilledInTurn_NoRecordIsLost(string engine)
    {
        Needs.Server(Enum.Parse<Engine>(engine));

        SampleRun run = await SampleRun.OfAsync(
            "relay", TimeSpan.FromMinutes(2 + s_kills), "demo", "--engine", engine, "--per-message", "512", "--kills",
            s_kills.ToString(CultureInfo.InvariantCulture));

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains($"killed: publisher, server and consumer, {s_kills} times each", run.Output, StringComparison.Ordinal);
        Assert.Contains("none lost", run.Output, StringComparison.Ordinal);
    }
}
