using VmSplice;

namespace Telemetry;

/// <summary>Reads whichever agent writes to the FIFO. Where it leaves, waits for the next one.</summary>
internal static class Collector
{
    private static readonly TimeSpan s_betweenPictures = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(string fifo, Action<Gauges> show, CancellationToken cancellation)
    {
        var gauges = new Gauges();
        try
        {
            while (true)
            {
                show(gauges);
                using RecordReader<Sample> samples = Sample.CreateReader(await SpliceReader.OpenFifoAsync(fifo, cancellationToken: cancellation));
                await ReadAsync(samples, gauges, show, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            show(gauges);
        }
    }

    private static async Task ReadAsync(RecordReader<Sample> samples, Gauges gauges, Action<Gauges> show, CancellationToken cancellation)
    {
        long next = 0;
        try
        {
            await foreach (ReadOnlyMemory<Sample> batch in samples.WithCancellation(cancellation))
            {
                gauges.Take(batch.Span);
                if (Environment.TickCount64 >= next)
                {
                    show(gauges);
                    next = Environment.TickCount64 + (long)s_betweenPictures.TotalMilliseconds;
                }
            }

            gauges.Note("the agent has stopped");
        }
        catch (RecordStreamException e)
        {
            gauges.Note($"the agent is gone ({e.Fault})");
        }
    }
}
