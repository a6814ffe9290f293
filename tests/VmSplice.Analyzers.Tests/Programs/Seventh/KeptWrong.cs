namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>Buffers, batches and views that stay where they are found again.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchesThroughChannel"] = """
            // Pipeline: batches of spans are handed to a bounded channel, from which workers take them.
            [Spliceable]
            public partial struct SpanRecord { public long TraceId; public long Start; public long Duration; }

            public sealed class SpanIngest(ChannelWriter<ReadOnlyMemory<SpanRecord>> workers)
            {
                public long Batches { get; private set; }

                public async Task IngestAsync(RecordReader<SpanRecord> spans, CancellationToken cancellation)
                {
                    await foreach (ReadOnlyMemory<SpanRecord> batch in spans.WithCancellation(cancellation))
                    {
                        await workers.WriteAsync(batch, cancellation); //~VMS2016
                        Batches++;
                    }

                    workers.Complete();
                }
            }
            """,
        ["CurrentPageProperty"] = """
            // Metrics: counters are written into the page of the current interval, which a property holds.
            public sealed class IntervalPage(SpliceWriter pipe, int counters)
            {
                public PageBuffer<long> Current { get; private set; } = pipe.Rent<long>(counters);

                public int Intervals { get; private set; }

                public void Count(int counter, long by = 1)
                {
                    if ((uint)counter < (uint)counters)
                    {
                        Current.Span[counter] += by;
                    }
                }

                public void Close()
                {
                    Current.Span[0] = ++Intervals;
                    pipe.Send(Current); //~VMS2009
                }

                public void Open() => Current = pipe.Rent<long>(counters);
            }
            """,
    };
}
