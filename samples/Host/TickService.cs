using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VmSplice;

namespace Host;

/// <summary>
/// Reads the ticks of a worker process for as long as the host runs. When the host stops, the worker is told, and what it still sends is
/// read: until the end of its stream, or until the host's deadline (<see cref="HostOptions.ShutdownTimeout"/>).
/// </summary>
internal sealed partial class TickService(ProcessStartInfo worker, ILogger<TickService> log) : BackgroundService
{
    private SpliceLink? _link;

    public override async Task StopAsync(CancellationToken deadline)
    {
        _link?.Writer.Dispose();        // the end of its standard input tells the worker
        if (ExecuteTask is { } reading)
        {
            await Task.WhenAny(reading, Task.Delay(Timeout.Infinite, deadline));
        }

        await base.StopAsync(deadline);     // cancels what still reads
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using SpliceLink link = _link = SpliceLink.Start(worker);
        using RecordReader<Tick> ticks = Tick.CreateReader(link.Reader);
        double sum = 0;
        try
        {
            await foreach (ReadOnlyMemory<Tick> batch in ticks.WithCancellation(stoppingToken))
            {
                foreach (ref readonly Tick tick in batch.Span)
                {
                    sum += tick.Price;
                }
            }

            LogCompleted(ticks.RecordsRead, sum);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogCut(ticks.RecordsRead);
            link.Child.Kill();
        }
        catch (RecordStreamException e)
        {
            LogFailed(e, ticks.RecordsRead);
            throw;                          // the host stops: nothing would read the next worker
        }
    }

    [LoggerMessage(LogLevel.Information, "The worker completed its stream: all of its {Records} ticks were read, sum {Sum}.")]
    private partial void LogCompleted(long records, double sum);

    [LoggerMessage(LogLevel.Warning, "The deadline came before the worker's end: {Records} ticks were read, the rest is dropped.")]
    private partial void LogCut(long records);

    [LoggerMessage(LogLevel.Error, "The worker's stream broke behind {Records} ticks.")]
    private partial void LogFailed(Exception exception, long records);
}
