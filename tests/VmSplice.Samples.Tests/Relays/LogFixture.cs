using Relay;
using Relay.Demo;
using VmSplice.Samples.Tests.Support;

namespace VmSplice.Samples.Tests.Relays;

/// <summary>A server with an empty stream, and a client of it.</summary>
internal sealed class LogFixture : IAsyncDisposable
{
    public const int PerMessage = 100;

    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _late = new(s_late);

    public required LocalServer Server { get; init; }

    public required LogAddress Address { get; init; }

    public required IRecordLog Log { get; init; }

    public CancellationToken Late => _late.Token;

    public static async Task<LogFixture> StartAsync(string engineName, TimeSpan? acknowledgeWithin = null)
    {
        Engine engine = Enum.Parse<Engine>(engineName);
        Needs.Server(engine);
        LocalServer server = await LocalServer.StartAsync(engine);
        var address = new LogAddress(engine, server.Address, "readings", "test", acknowledgeWithin ?? TimeSpan.FromSeconds(30));
        return new LogFixture { Server = server, Address = address, Log = await address.OpenAsync(CancellationToken.None) };
    }

    /// <summary>Appends the first messages. Says how many the log had already.</summary>
    public async Task<int> AppendAsync(int messages)
    {
        int known = 0;
        for (int i = 0; i < messages; i++)
        {
            var records = new Measurement[PerMessage];
            for (int j = 0; j < records.Length; j++)
            {
                Measurement.Make((i * PerMessage) + j, out records[j]);
            }

            known += await Log.AppendAsync<Measurement>(i * PerMessage, records, Late) ? 1 : 0;
        }

        return known;
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        Server.Dispose();
        _late.Dispose();
    }
}
