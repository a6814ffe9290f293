using System.Diagnostics;
using VmSplice;

namespace Relay.Demo;

/// <summary>Reads the pipe of a consuming process. Where that dies, starts another one and goes on.</summary>
internal sealed class Sink
{
    private readonly Tally _tally = new();

    public long Records => _tally.Records;

    public Process? Relay { get; private set; }

    public TimeSpan RelayBusy { get; private set; }

    public async Task WaitForWarmUpAsync(CancellationToken cancellation)
    {
        while (Records < Source.WarmUp)
        {
            await Task.Delay(5, cancellation);
        }
    }

    /// <summary>Ends when every record of the source has come.</summary>
    public async Task<Summary> RunAsync(ProcessStartInfo consume, Source source, CancellationToken cancellation)
    {
        consume.RedirectStandardOutput = true;
        while (_tally.WithoutGap < source.Records)
        {
            using Process child = Process.Start(consume)!;
            Relay = child;
            using RecordReader<Measurement> measurements = Measurement.CreateReader(SpliceReader.OpenChildOutput(child));
            try
            {
                while (_tally.WithoutGap < source.Records && await measurements.ReadBatchAsync(cancellation) is { IsEmpty: false } batch)
                {
                    _tally.Take(batch.Span);
                }

                RelayBusy = child.TotalProcessorTime;
            }
            catch (RecordStreamException)
            {
                // It was killed. What it did not acknowledge comes again.
            }
            finally
            {
                // It would wait for more as long as it lives. To be killed at any moment is what it is made for.
                child.Kill();
                await child.WaitForExitAsync(CancellationToken.None);
            }
        }

        return _tally.Summarize();
    }
}
