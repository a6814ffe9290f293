namespace Relay;

/// <summary>Opens a log of either engine.</summary>
/// <param name="Engine">Which.</param>
/// <param name="Server">Its <c>address:port</c>.</param>
/// <param name="Name">The stream's name there.</param>
/// <param name="Source">Whose numbers the records have: what this one sends twice is known by its name and the number.</param>
/// <param name="AcknowledgeWithin">After which time another consumer gets a message that was not acknowledged.</param>
internal sealed record LogAddress(Engine Engine, string Server, string Name, string Source, TimeSpan AcknowledgeWithin)
{
    /// <summary>Gets the program whose log it is, as it is installed and started.</summary>
    public string Program => ProgramOf(Engine);

    public static string ProgramOf(Engine engine) => engine == Engine.Nats ? "nats-server" : "redis-server";

    /// <summary>Opens it as soon as the server is there.</summary>
    public Task<IRecordLog> OpenAsync(CancellationToken cancellation) => Engine switch
    {
        Engine.Nats => JetStreamLog.OpenAsync(this, cancellation),
        _ => RedisLog.OpenAsync(this, cancellation),
    };

    /// <summary>Gets which log it is, as arguments of this program.</summary>
    public string[] Arguments => ["--engine", Engine.ToString(), "--server", Server, "--stream", Name];
}
