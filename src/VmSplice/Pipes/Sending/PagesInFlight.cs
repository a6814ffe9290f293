using System.Runtime.CompilerServices;
using VmSplice.Diagnostics;

namespace VmSplice.Pipes;

/// <summary>The senders that share pages, as long as they are reachable, and the gauge over them. Asked only where somebody listens.</summary>
internal static class PagesInFlight
{
    private static readonly ConditionalWeakTable<Sender, object?> Senders = [];

    static PagesInFlight() => Instruments.Meter.CreateObservableUpDownCounter(
        "vmsplice.pages.in_flight",
        Count,
        "{page}",
        "Pages of this process that wait in its pipes. A reader that splices may hold more.");

    internal static void Watch(Sender sender) => Senders.Add(sender, null);

    private static long Count()
    {
        long pages = 0;
        foreach ((Sender sender, _) in Senders)
        {
            try
            {
                pages += sender.PagesInFlight;
            }
            catch (ObjectDisposedException)
            {
                // Disposed in this very moment: no page of it waits any more.
            }
        }

        return pages;
    }
}
