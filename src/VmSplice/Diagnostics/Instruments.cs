using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice.Diagnostics;

/// <summary>
/// The meter "VmSplice": what goes through the pipes of this process, by the names and units of the OpenTelemetry
/// conventions. Every measurement asks first whether anybody listens, which is all that it costs otherwise (docs/forwarding.md, "Seen from outside").
/// A listener is somebody else's code and may throw, so what happened is in the books before it is measured.
/// </summary>
internal static class Instruments
{
    internal const string MeterName = "VmSplice";
    internal const string CallTag = "vmsplice.call";
    internal const string DirectionTag = "vmsplice.direction";
    internal const string SourceTag = "vmsplice.page.source";
    internal const string FallbackTag = "vmsplice.fallback";
    internal const string ErrorTag = "error.type";
    internal const string ReasonTag = "vmsplice.reason";

    internal const string InPlace = "in place";
    internal const string Transmit = "transmit";
    internal const string Receive = "receive";
    internal const string Forward = "forward";

    internal static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("vmsplice.io", "By", "Bytes that pipes took, gave or passed on, by system "
        + "call and direction.");
    private static readonly Counter<long> Records = Meter.CreateCounter<long>("vmsplice.records", "{record}", "Records sent and received.");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("vmsplice.calls", "{call}", "System calls that moved bytes.");
    private static readonly Counter<long> Partial = Meter.CreateCounter<long>("vmsplice.transfers.partial", "{transfer}", "Transfers of which the kernel "
        + "took a part at first, and which were continued.");
    private static readonly Counter<long> Waits = Meter.CreateCounter<long>("vmsplice.waits", "{wait}", "Waits with poll(2) or "
        + "epoll(7), for data or for space.");
    private static readonly Counter<long> Fallbacks = Meter.CreateCounter<long>("vmsplice.fallbacks", "{fallback}", "Times that something was copied, or "
        + "not recycled, because the kernel does not give what would be faster.");
    private static readonly Counter<long> LostReaders = Meter.CreateCounter<long>("vmsplice.readers.lost", "{reader}", "Readers that a broadcast went on "
        + "without: dropped because they were slow, gone, or damaged.");
    private static readonly Counter<long> Pages = Meter.CreateCounter<long>("vmsplice.pages", "{page}", "Pages handed out to be filled: recycled, or "
        + "fresh from the kernel.");

    /// <summary>Gets whether somebody listens to the calls that move bytes.</summary>
    internal static bool CountsTransfers => Bytes.Enabled || Calls.Enabled || Partial.Enabled;

    /// <summary>Counts a call that moved bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CountTransfer(string call, string direction, nuint wanted, nint moved)
    {
        if (CountsTransfers)
        {
            AddTransfer(call, direction, wanted, moved);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CountRecords(string direction, long count)
    {
        if (Records.Enabled)
        {
            Records.Add(count, new KeyValuePair<string, object?>(DirectionTag, direction));
        }
    }

    /// <summary>Counts bytes that stayed where they are: their reader was told where that is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CountInPlace(string direction, long bytes)
    {
        if (Bytes.Enabled)
        {
            Bytes.Add(bytes, new KeyValuePair<string, object?>(CallTag, InPlace), new KeyValuePair<string, object?>(DirectionTag, direction));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CountPages(nuint bytes, bool fresh)
    {
        if (Pages.Enabled)
        {
            Pages.Add((long)(bytes / (nuint)Environment.SystemPageSize), new KeyValuePair<string, object?>(SourceTag, fresh ? "fresh" : "recycled"));
        }
    }

    internal static void CountWait(string direction)
    {
        if (Waits.Enabled)
        {
            Waits.Add(1, new KeyValuePair<string, object?>(DirectionTag, direction));
        }
    }

    /// <summary>Says that something slower was chosen, and why.</summary>
    /// <param name="what">What is not to be had, such as <c>splice</c>.</param>
    /// <param name="errno">The error number, or 0.</param>
    /// <param name="descriptor">Where.</param>
    internal static void CountFallback(string what, int errno, SafeHandle descriptor)
    {
        if (Fallbacks.Enabled || VmSpliceEventSource.Log.IsEnabled())
        {
            CountFallback(what, errno, DescriptorInfo.Describe(descriptor));
        }
    }

    /// <inheritdoc cref="CountFallback(string, int, SafeHandle)"/>
    /// <param name="what">What is not to be had.</param>
    /// <param name="errno">The error number, or 0.</param>
    /// <param name="subject">What it was for.</param>
    internal static void CountFallback(string what, int errno, string subject)
    {
        if (Fallbacks.Enabled)
        {
            Fallbacks.Add(1, new KeyValuePair<string, object?>(FallbackTag, what), new KeyValuePair<string, object?>(ErrorTag, Errno.Name(errno)));
        }

        if (VmSpliceEventSource.Log.IsEnabled())
        {
            VmSpliceEventSource.Log.Fallback(what, Errno.Name(errno), subject);
        }
    }

    /// <summary>Counts a reader that a broadcast serves no longer.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="error">Why.</param>
    internal static void CountLostReader(int index, Exception error)
    {
        if (VmSpliceEventSource.Log.IsEnabled())
        {
            VmSpliceEventSource.Log.ReaderLost(index, error.Message);
        }

        if (LostReaders.Enabled)
        {
            string reason = error switch
            {
                ReaderDroppedException => "slow",
                BrokenPipeException => "gone",
                RecordStreamException => "damaged",
                _ => "failed",
            };
            LostReaders.Add(1, new KeyValuePair<string, object?>(ReasonTag, reason));
        }
    }

    // Not inlined: the cold half of a hot method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTransfer(string call, string direction, nuint wanted, nint moved)
    {
        var callTag = new KeyValuePair<string, object?>(CallTag, call);
        Calls.Add(1, callTag);
        if (moved > 0)
        {
            Bytes.Add(moved, callTag, new KeyValuePair<string, object?>(DirectionTag, direction));
        }

        if (moved > 0 && (nuint)moved < wanted && direction != Receive)
        {
            Partial.Add(1, callTag);
        }
    }
}
