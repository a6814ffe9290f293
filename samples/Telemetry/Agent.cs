using System.Globalization;
using VmSplice;

namespace Telemetry;

/// <summary>Takes a sample at each tick, and sends it to whoever reads the FIFO. Where nobody does, it goes on and counts what is missed.</summary>
internal sealed class Agent(string fifo, TimeSpan interval, TextWriter log)
{
    private RecordWriter<Sample>? _collector;
    private Task<SpliceWriter>? _opening;
    private Sample _sample = new() { Sequence = -1, Agent = DateTime.UtcNow.Ticks };
    private long _missedBefore;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                _sample.Sequence++;
                Sampler.Read(ref _sample);
                if (!await HasCollectorAsync(cancellation) || !await TrySendAsync(cancellation))
                {
                    _sample.Missed++;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await TryCompleteAsync();
        }
        finally
        {
            _collector?.Dispose();
        }
    }

    /// <summary>Opening a FIFO waits for the other side. The samples do not.</summary>
    private async ValueTask<bool> HasCollectorAsync(CancellationToken cancellation)
    {
        if (_collector is not null)
        {
            return true;
        }

        _opening ??= SpliceWriter.OpenFifoAsync(fifo, new() { Reader = PipeReaderKind.Copying }, cancellationToken: cancellation);
        if (!_opening.IsCompleted)
        {
            return false;
        }

        _collector = Sample.CreateWriter(await _opening);
        _opening = null;
        Log($"a collector is here; {_sample.Missed - _missedBefore} samples were taken in vain");
        _missedBefore = _sample.Missed;
        return true;
    }

    private async ValueTask<bool> TrySendAsync(CancellationToken cancellation)
    {
        try
        {
            _collector!.Write(_sample);
            await _collector.FlushAsync(cancellation);
            return true;
        }
        catch (BrokenPipeException)
        {
            Log($"the collector left at sample {_sample.Sequence}");
            _collector!.Dispose();
            _collector = null;
            return false;
        }
    }

    /// <summary>Told to stop: so is the collector told that this was all, unless it was told to stop as well.</summary>
    private async ValueTask TryCompleteAsync()
    {
        try
        {
            if (_collector is not null)
            {
                await _collector.CompleteAsync(CancellationToken.None);
            }
        }
        catch (BrokenPipeException)
        {
        }
    }

    private void Log(FormattableString text) => log.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
