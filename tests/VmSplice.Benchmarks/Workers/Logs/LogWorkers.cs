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
        return WorkerLoop.Run(bytes =>
        {
            for (long left = bytes / Sums.SizeOf<LogEntry>(); left > 0; left--)
            {
                text.ParseNext(ref sink.Next());
            }

            sink.Flush();
            return 0;
        });
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
            Task<long>[] parts = Array.ConvertAll(sources, source => Task.Run(() => AddUp(source, entries)));
            return Task.WhenAll(parts).GetAwaiter().GetResult().Sum();
        });
    }

    private static long AddUp(ILogSource source, long left)
    {
        Span<long> micros = stackalloc long[LogText.Services];
        Span<long> errors = stackalloc long[LogText.Services];
        micros.Clear();
        errors.Clear();
        while (left > 0)
        {
            ReadOnlySpan<LogEntry> batch = source.ReadBatch();
            if (batch.IsEmpty)
            {
                throw new EndOfStreamException();
            }

            foreach (ref readonly LogEntry entry in batch)
            {
                micros[entry.Service] += entry.Micros;
                errors[entry.Service] += entry.Status >= 500 ? 1 : 0;
            }

            left -= batch.Length;
        }

        return Sums.Of(micros) + Sums.Of(errors);
    }
}
