namespace VmSplice.Benchmarks.Workers.Logs;

/// <summary>A log aggregator: workers parse lines of text, one process adds up requests, errors and time for each service.</summary>
internal static class LogWorkers
{
    private const int Streams = 2;

    /// <summary>A worker; the bytes of a round are those of its entries.</summary>
    public static int Parse(WorkerOptions options)
    {
        using ILogSink sink = LogLinks.OpenSink(options);
        LogText text = new();
        return WorkerLoop.Run(bytes => ParseAsync(text, sink, bytes / Sums.SizeOf<LogEntry>()).GetAwaiter().GetResult());
    }

    /// <summary>The aggregator: a thread for each worker.</summary>
    public static int Aggregate(WorkerOptions options)
    {
        // Each FIFO opens once its worker is there, whichever comes first.
        Task<ILogSource>[] opening =
        [
            Task.Run(() => LogLinks.OpenSource(options)),
            Task.Run(() => LogLinks.OpenSource(options.With("fifo", options.Fifo + ".1"))),
        ];
        ILogSource[] sources = Task.WhenAll(opening).GetAwaiter().GetResult();
        using ILogSource first = sources[0];
        using ILogSource second = sources[1];
        return WorkerLoop.Run(bytes =>
        {
            long entries = bytes / Streams / Sums.SizeOf<LogEntry>();
            Task<long>[] parts = Array.ConvertAll(sources, source => Task.Run(() => AddUpAsync(source, entries)));
            return Task.WhenAll(parts).GetAwaiter().GetResult().Sum();
        });
    }

    private static async Task<long> ParseAsync(LogText text, ILogSink sink, long entries)
    {
        long left = entries;
        while (left > 0)
        {
            int count = (int)Math.Min(left, sink.Room);
            for (int i = 0; i < count; i++)
            {
                text.ParseNext(ref sink.Next());
            }

            left -= count;
            await sink.FlushAsync().ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task<long> AddUpAsync(ILogSource source, long entries)
    {
        LogCounters counters = new();
        long left = entries;
        while (left > 0)
        {
            int count = await source.AddToAsync(counters).ConfigureAwait(false);
            left -= count != 0 ? count : throw new EndOfStreamException();
        }

        return counters.Sum;
    }
}
