namespace Relay;

/// <summary>Opens a log of either engine.</summary>
/// <param name="Engine">Which.</param>
/// <param name="Server">Its <c>address:port</c>.</param>
/// <param name="Name">The stream's name there.</param>
/// <param name="AcknowledgeWithin">After which time another consumer gets a message that was not acknowledged.</param>
internal sealed record LogAddress(Engine Engine, string Server, string Name, TimeSpan AcknowledgeWithin)
{
    public Task<IRecordLog> OpenAsync(CancellationToken cancellation) => Engine switch
    {
        Engine.Nats => JetStreamLog.OpenAsync(Server, Name, AcknowledgeWithin, cancellation),
        _ => RedisLog.OpenAsync(Server, Name, AcknowledgeWithin),
    };

    /// <summary>The same, as arguments of this program.</summary>
    public string[] Arguments =>
        ["--engine", Engine.ToString(), "--server", Server, "--stream", Name, "--acknowledge-within",
            AcknowledgeWithin.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture)];
}
