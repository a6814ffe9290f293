using System.Diagnostics.Tracing;

namespace VmSplice.Tests.Metrics;

/// <summary>The events of the source "VmSplice" while it exists.</summary>
internal sealed class Events : EventListener
{
    internal List<string> Seen { get; } = [];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "VmSplice")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        lock (Seen)
        {
            Seen.Add($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? new([]))}");
        }
    }
}
