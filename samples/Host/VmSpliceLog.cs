using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Host;

/// <summary>Writes what the event source VmSplice says into the host's log: what fell back to something slower and why, what broke.</summary>
internal sealed partial class VmSpliceLog(ILoggerFactory loggers) : EventListener, IHostedService
{
    private readonly ILogger? _log = loggers.CreateLogger("VmSplice");

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Called for the sources that are there already by the base class, before any field has its value.
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "VmSplice")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        LogLevel level = eventData.Level <= EventLevel.Warning ? LogLevel.Warning : LogLevel.Information;
        if (_log is not null && eventData.Message is { } message && _log.IsEnabled(level))
        {
            string text = string.Format(CultureInfo.InvariantCulture, message, [.. eventData.Payload ?? []]);
            LogEvent(_log, level, eventData.EventName, text);
        }
    }

    [LoggerMessage("{Event}: {Text}")]
    private static partial void LogEvent(ILogger log, LogLevel level, string? @event, string text);
}
