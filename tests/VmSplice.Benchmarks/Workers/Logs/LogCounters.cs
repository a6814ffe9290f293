namespace VmSplice.Benchmarks.Workers.Logs;

/// <summary>What the aggregator knows: for each service the time that requests took, and how many failed.</summary>
internal sealed class LogCounters
{
    private readonly long[] _micros = new long[LogText.Services];
    private readonly long[] _errors = new long[LogText.Services];

    /// <summary>Gets one number over all of it, to compare two ways by.</summary>
    public long Sum => Sums.Of(_micros) + Sums.Of(_errors);

    /// <returns>How many entries they are.</returns>
    public int Add(ReadOnlySpan<LogEntry> entries)
    {
        Span<long> micros = _micros;
        Span<long> errors = _errors;
        foreach (ref readonly LogEntry entry in entries)
        {
            micros[entry.Service] += entry.Micros;
            errors[entry.Service] += entry.Status >= 500 ? 1 : 0;
        }

        return entries.Length;
    }
}
