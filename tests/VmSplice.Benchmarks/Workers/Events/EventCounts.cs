namespace VmSplice.Benchmarks.Workers.Events;

/// <summary>Events counted by level and by the first word of their message.</summary>
internal sealed class EventCounts
{
    private readonly long[] _levels = new long[EventTexts.Levels];
    private readonly long[] _words = new long[26];
    private long _hosts;

    /// <summary>Gets one number over all of it, to compare two ways by.</summary>
    public long Sum
    {
        get
        {
            long sum = _hosts;
            for (int i = 0; i < _levels.Length; i++)
            {
                sum += (i + 1) * _levels[i];
            }

            for (int i = 0; i < _words.Length; i++)
            {
                sum += (i + 1) * 1_000 * _words[i];
            }

            return sum;
        }
    }

    public void Add(int level, ReadOnlySpan<byte> message, ReadOnlySpan<byte> host)
    {
        _levels[level]++;
        _words[message[0] - 'a'] += message.IndexOf((byte)' ');
        _hosts += host.Length;
    }

    public void Add(int level, string message, string host)
    {
        _levels[level]++;
        _words[message[0] - 'a'] += message.IndexOf(' ', StringComparison.Ordinal);
        _hosts += host.Length;
    }
}
