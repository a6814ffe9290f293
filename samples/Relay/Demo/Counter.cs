using VmSplice;

namespace Relay.Demo;

/// <summary>The receiver of the local run: the same records through a pipe, and nothing in between.</summary>
internal static class Counter
{
    public static async Task RunAsync(SpliceReader input, SpliceWriter output, CancellationToken cancellation)
    {
        using RecordReader<Measurement> measurements = Measurement.CreateReader(input);
        var tally = new Tally();
        await foreach (ReadOnlyMemory<Measurement> batch in measurements.WithCancellation(cancellation))
        {
            tally.Take(batch.Span);
        }

        await using RecordWriter<Summary> answer = Summary.CreateWriter(output);
        answer.Write(tally.Summarize());
        await answer.CompleteAsync(cancellation);
    }
}
