namespace Relay.Demo;

/// <summary>Kills the publishing process, the server and the consuming process in turn, each while records are on their way.</summary>
internal sealed class Kills(Source source, Sink sink, LocalServer server)
{
    private const int RecordsBetween = 20_000;

    // The same moments each time, as far as processes have the same moments.
    private readonly Random _random = new(1);

    public async Task RunAsync(int times, CancellationToken cancellation)
    {
        for (int i = 0; i < times; i++)
        {
            await WaitForRecordsAsync(cancellation);
            source.Relay!.Kill();
            await WaitForRecordsAsync(cancellation);
            server.Kill();
            await server.StartAsync();
            await WaitForRecordsAsync(cancellation);
            sink.Relay!.Kill();
        }

        source.Finish();
    }

    private async Task WaitForRecordsAsync(CancellationToken cancellation)
    {
        for (long from = sink.Records; sink.Records < from + RecordsBetween;)
        {
            await Task.Delay(5, cancellation);
        }

        await Task.Delay(_random.Next(50), cancellation);
    }
}
