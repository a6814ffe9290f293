using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Relay;

/// <summary>The options of the commands: which log, and how records become messages.</summary>
internal static class RelayOptions
{
    private const int DefaultMessageBytes = 256 * 1024;

    public static Option<Engine> Engine { get; } = new("--engine") { Description = "Whose log." };

    public static Option<string> Server { get; } = new("--server")
    {
        Description = "The server's ADDRESS:PORT.",
        DefaultValueFactory = static _ => "127.0.0.1:4222",
    };

    public static Option<string> Stream { get; } = new("--stream")
    {
        Description = "The stream's name there. Another name is an empty log.",
        DefaultValueFactory = static _ => "readings",
    };

    public static Option<string> Source { get; } = new("--source")
    {
        Description = "Whose numbers the records have. Each sender to one stream has a name of its own.",
        DefaultValueFactory = static _ => Environment.MachineName,
    };

    public static Option<double> AcknowledgeWithin { get; } = new("--acknowledge-within")
    {
        Description = "Seconds after which another consumer of the group gets a message.",
        DefaultValueFactory = static _ => 30,
    };

    public static Option<int?> PerMessage { get; } = new("--per-message")
    {
        Description = "Records of a message. Messages end at its multiples. [default: as many as have 256 KiB]",
        Validators =
        {
            static result =>
            {
                if (result.GetValueOrDefault<int?>() < 1)
                {
                    result.AddError("--per-message is 1 or more.");
                }
            },
        },
    };

    public static Option<int> Linger { get; } = new("--linger")
    {
        Description = "Milliseconds that a record waits for its message to become full; 0: it goes at once.",
        DefaultValueFactory = static _ => 20,
    };

    public static Option<string> Group { get; } = new("--group")
    {
        Description = "The consumers that share the messages. A new group begins at the first message of the log, a known one goes on where it was.",
        DefaultValueFactory = static _ => "relay",
    };

    public static Option<double?> UntilIdle { get; } = new("--until-idle")
    {
        Description = "Ends when no message has come for so many seconds; without it, with Ctrl+C.",
    };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "Says on standard error only what went wrong." };

    /// <summary>The records of a message. Servers have a limit, which is 1 MiB for NATS.</summary>
    public static int PerMessageOf<T>(ParseResult given)
        where T : unmanaged
        => given.GetValue(PerMessage) ?? Math.Max(1, DefaultMessageBytes / Unsafe.SizeOf<T>());

    /// <summary>The log, as far as the command has options for it: a consumer has no source of its own.</summary>
    public static LogAddress LogOf(ParseResult given) => new(
        given.GetValue(Engine),
        given.GetValue(Server)!,
        given.GetValue(Stream)!,
        given.GetValue(Source) ?? "",
        TimeSpan.FromSeconds(given.GetValue(AcknowledgeWithin)));
}
