using System.Runtime.InteropServices;
using VmSplice.Interop;

namespace VmSplice.Tests.Support;

/// <summary>
/// The read ends of a pipe. A process that another test starts has a copy of every descriptor between fork and exec, so that the last read end is
/// closed here and a send still arrives, for a moment.
/// </summary>
internal static unsafe class ReadEnds
{
    private const int PatienceMilliseconds = 60_000;

    /// <summary>Waits until nobody has a read end any more.</summary>
    internal static void AwaitClosed(SafeHandle writeEnd)
    {
        // No event is asked for: POLLERR, which a pipe without readers shows, is reported unasked.
        Poll.PollFd look = new() { Fd = (int)writeEnd.DangerousGetHandle() };

        // SAFETY: poll reads and writes this one struct during the call; the test holds the end.
        Assert.Equal(1, Poll.poll(&look, 1, PatienceMilliseconds));
    }
}
