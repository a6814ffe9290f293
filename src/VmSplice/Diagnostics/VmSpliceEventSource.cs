using System.Diagnostics.Tracing;

namespace VmSplice.Diagnostics;

/// <summary>
/// What a person wants to know who asks why it is slow or what broke: <c>dotnet-trace collect --providers VmSplice</c>.
/// Nothing is made up where nobody listens.
/// </summary>
[EventSource(Name = "VmSplice")]
internal sealed class VmSpliceEventSource : EventSource
{
    internal static readonly VmSpliceEventSource Log = new();

    /// <summary>Something slower is done, because the kernel does not give what would be faster.</summary>
    [Event(1, Level = EventLevel.Informational, Message = "{0} is not to be had ({1}) for {2}")]
    public void Fallback(string what, string reason, string subject) => WriteEvent(1, what, reason, subject);

    /// <summary>A target failed while a stream was forwarded to it.</summary>
    [Event(2, Level = EventLevel.Warning, Message = "{0}")]
    public void ForwardFailed(string message) => WriteEvent(2, message);

    /// <summary>A send was cancelled or failed half-way; the pipe can take no more.</summary>
    [Event(3, Level = EventLevel.Warning, Message = "{0}")]
    public void SendIncomplete(string message) => WriteEvent(3, message);

    /// <summary>A broadcast goes on without one of its readers.</summary>
    [Event(4, Level = EventLevel.Warning, Message = "reader {0}: {1}")]
    public void ReaderLost(int reader, string message) => WriteEvent(4, reader, message);
}
