using System.Globalization;

namespace VmSplice.Benchmarks.Workers.Events;

/// <summary>Events counted by level and by the first word of their message.</summary>
internal sealed class EventCounts
{
    private readonly long[] _levels = new long[EventTexts.Levels];
    private readonly long[] _words = new long[26];
    private long _characters;

    /// <summary>Gets one number over all of it, to compare two ways by.</summary>
    public long Sum
    {
        get
        {
            long sum = _characters;
            for (int i = 0; i < _levels.Length; i++)
            {
                sum += (i + 1) * _levels[i];
            }

            for (int i = 0; i < _words.Length; i++)
            {
                sum += (i + 101) * _words[i];
            }

            return sum;
        }
    }

    public void Add(int level, ReadOnlySpan<byte> message, ReadOnlySpan<byte> host)
    {
        _levels[level]++;
        _words[message[0] - 'a']++;
        _characters += message.IndexOf((byte)' ') + (3 * host.Length);
    }

    public void Add(int level, string message, string host)
    {
        _levels[level]++;
        _words[message[0] - 'a']++;
        _characters += message.IndexOf(' ', StringComparison.Ordinal) + (3 * host.Length);
    }

    /// <summary>Counts the events of a log as its writer makes them, in this process.</summary>
    public static EventCounts Of(long events)
    {
        EventCounts counts = new();
        for (long i = 0; i < events; i++)
        {
            counts.Add(EventTexts.LevelOf(i), EventTexts.MessageOf(i), EventTexts.HostOf(i));
        }

        return counts;
    }

    /// <summary>How many of each level, and of each word by its first letter.</summary>
    public override string ToString()
        => $"by level {string.Join(", ", _levels.Select((count, level) => Show(level, count)))}; by word "
            + string.Join(", ", _words.Select((count, letter) => (Letter: (char)('a' + letter), Count: count)).Where(static word => word.Count != 0)
                .Select(static word => Show(word.Letter, word.Count)));

    private static string Show<T>(T what, long count) => string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0}");
}
