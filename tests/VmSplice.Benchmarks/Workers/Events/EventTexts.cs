namespace VmSplice.Benchmarks.Workers.Events;

/// <summary>What the events say: strings that are there already, as those of a program that logs are.</summary>
internal static class EventTexts
{
    public const int Levels = 4;

    private const int Count = 1024;

    // Of different first letters, by which they are counted.
    private static readonly string[] s_verbs = ["accepted", "blocked", "closed", "dropped", "expired", "failed", "granted", "held"];

    private static readonly string[] s_messages =
    [
        .. Enumerable.Range(0, Count).Select(static i => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{s_verbs[i % s_verbs.Length]} order {i * 7919} of customer {i * 31} after {i * 13} us")),
    ];

    private static readonly string[] s_hosts = [.. Enumerable.Range(0, 16).Select(static i => $"host-{i:x2}.example")];

    public static string MessageOf(long index) => s_messages[index % Count];

    public static string HostOf(long index) => s_hosts[index % s_hosts.Length];

    public static int LevelOf(long index) => (int)(index % 7 % Levels);
}
