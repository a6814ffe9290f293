namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Record writers, and right.</summary>
internal sealed class RecordsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BroadcastSlotStampedBeforeFlush"] = """
            [Spliceable]
            public partial struct Beat { public long Sent; public long Number; }

            public sealed class Heart : IDisposable
            {
                private readonly RecordBroadcaster<Beat> _beats;
                private long _number;

                public Heart(SpliceWriter[] listeners) => _beats = new RecordBroadcaster<Beat>(listeners);

                public long Pulse()
                {
                    ref Beat beat = ref _beats.Next();
                    beat.Number = ++_number;
                    beat.Sent = Stopwatch.GetTimestamp();
                    long sent = beat.Sent;
                    _beats.Flush();
                    return sent;
                }

                public void Stop() => _beats.Complete();

                public void Dispose() => _beats.Dispose();
            }
            """,
        ["BroadcasterCompletedThenAsked"] = """
            [Spliceable]
            public partial struct Quote { public long Time; public double Bid; public double Ask; }

            public static class QuoteFan
            {
                public static long Run(SpliceWriter[] clients, Func<Quote?> source, CancellationToken stop)
                {
                    using var quotes = new RecordBroadcaster<Quote>(clients, new() { SlowReader = SlowReader.Drop });
                    while (!stop.IsCancellationRequested && source() is { } quote)
                    {
                        quotes.Write(quote);
                        quotes.Flush();
                    }

                    quotes.Complete();
                    long sent = 0;
                    foreach (BroadcastReader reader in quotes.Readers)
                    {
                        sent += reader.RecordsSent;
                    }

                    return sent;
                }
            }
            """,
    };
}
