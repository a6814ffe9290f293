using Telemetry;
using VmSplice.Samples.Tests.Support;

namespace VmSplice.Samples.Tests.Telemetries;

/// <summary>samples/Telemetry: either side is killed and started again; the other one says what is missing, and goes on.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task AgentKilled_CollectorShowsTheGapAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        string fifo = folder.File("samples");
        using var collector = new RunningSample("telemetry", "collect", fifo);
        using (var agent = new RunningSample("telemetry", "agent", fifo))
        {
            await collector.WaitForLineAsync(" samples, ");
            agent.Kill();
        }

        await collector.WaitForLineAsync("the agent is gone");
        using var next = new RunningSample("telemetry", "agent", fifo);
        await collector.WaitForLineAsync("until another agent came");
        await collector.WaitForLineAsync(" samples, ");
    }

    [Fact]
    public async Task CollectorKilled_AgentCountsWhatIsMissedAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        string fifo = folder.File("samples");
        using var agent = new RunningSample("telemetry", "agent", fifo, "--rate", "200");
        using (var collector = new RunningSample("telemetry", "collect", fifo))
        {
            await collector.WaitForLineAsync(" samples, ");
            collector.Kill();
        }

        await agent.WaitForLineAsync("the collector left");
        await Task.Delay(100);
        using var next = new RunningSample("telemetry", "collect", fifo);
        Assert.DoesNotContain(" 0 of them", await next.WaitForLineAsync("while no collector was there"), StringComparison.Ordinal);
        Assert.DoesNotContain("; 0 samples", await agent.WaitForLineAsync("were taken in vain"), StringComparison.Ordinal);
        await next.WaitForLineAsync(" samples, ");
    }

    [Fact]
    public async Task AgentToldToStop_WhenTheCollectorHasJustLeft_Ends()
    {
        using var folder = new TemporaryFolder();
        string fifo = folder.File("samples");
        using var agent = new RunningSample("telemetry", "agent", fifo, "--rate", "1");
        using (var collector = new RunningSample("telemetry", "collect", fifo))
        {
            await collector.WaitForLineAsync(" samples, ");
            collector.Kill();
        }

        Assert.Equal(0, await agent.TerminateAsync());
    }

    [Fact]
    public async Task PathThatIsNoFifo_IsSaidInOneLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text"), "text");

        SampleRun run = await SampleRun.OfAsync("telemetry", TimeSpan.FromSeconds(60), "agent", folder.File("text"));

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^telemetry: .* is not a FIFO.*\n$", run.Output);
    }

    [Fact]
    public async Task OneCommand_SamplesAndShows()
    {
        SampleRun run = await SampleRun.OfAsync("telemetry", TimeSpan.FromSeconds(60), "--seconds", "3");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("samples, ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_IsThatOfTheKernel()
    {
        var sample = default(Sample);
        Sampler.Read(ref sample);

        Assert.InRange(sample.MemoryAvailable, 1, sample.MemoryTotal);
        Assert.True(sample.User + sample.System + sample.Idle > TimeSpan.FromSeconds(1), $"{sample.User} {sample.System} {sample.Idle}");
        Assert.InRange(new DateTime(sample.Time, DateTimeKind.Utc), DateTime.UtcNow.AddSeconds(-10), DateTime.UtcNow);
    }

    [Fact]
    public void SequenceThatJumps_IsNotedWithItsLength()
    {
        var gauges = new Gauges();
        gauges.Take([new Sample { Sequence = 0, Agent = 1, Time = TimeSpan.TicksPerSecond }]);
        gauges.Take([new Sample { Sequence = 11, Agent = 1, Time = 3 * TimeSpan.TicksPerSecond }]);

        Assert.Contains("gap: 10 samples, 2.00 s", Assert.Single(gauges.Notes), StringComparison.Ordinal);
    }
}
