using VmSplice.Interop;

namespace VmSplice.Pipes;

/// <summary>
/// Decides for each send of one pipe whether its pages are shared, and grows the pipe for the first send that gains by it. The
/// thresholds are the policy's; this knows the pipe.
/// </summary>
internal sealed class SharingDecision(PipeEnd end, SendSteps steps, SharingPolicy policy)
{
    /// <summary>Bytes of a send for which sharing pages pays, if the pipe has room.</summary>
    private const int LargeSend = 16 * 1024;

    /// <summary>Bytes after which small writes are a stream that gains by room.</summary>
    internal const int MuchSent = 512 * 1024;

    private const int RetryAfter = 64 * 1024 * 1024;

    private SharingPolicy _policy = policy;
    private long _growAt;

    /// <summary>Gets the thresholds, for this pipe's capacity.</summary>
    internal SharingPolicy Policy => _policy;

    /// <summary>Gets whether sends that are large enough are shared.</summary>
    internal bool SharesLargeSends => _policy.SharesLargeSends && !steps.RefusesPages;

    /// <summary>Whether a send of this length would share pages, so that the memory is not free when it returns.</summary>
    internal bool WouldShare(nuint bytes) => !steps.RefusesPages && _policy.SharesOwnPages(bytes) && (end.MayGrow || _policy.PaysInPipe(bytes));

    /// <summary>
    /// Whether to share the pages of all these segments. A page takes a slot of the pipe however little of it is sent, so
    /// pages that are less than half full are cheaper to copy.
    /// </summary>
    internal bool SharesGathered(ReadOnlySpan<IoVec> segments)
    {
        nuint bytes = SegmentRun.BytesOf(segments);
        nuint pageSize = (nuint)Environment.SystemPageSize;
        return !steps.RefusesPages && _policy.SharesOwnPages(bytes) && bytes >= SegmentRun.SlotsOf(segments, (int)pageSize) * pageSize / 2;
    }

    /// <summary>
    /// Grows a pipe that nobody has sized at the first send that gains by it. Most pipes never carry much, and all pipes of a
    /// user share a quota. Where it is refused, all goes on, and it is tried again much later.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The end is closed.</exception>
    internal void GrowFor(nuint bytes)
    {
        if (!end.MayGrow)
        {
            return;
        }

        long accepted = steps.Accepted;
        if (accepted < _growAt || (bytes < LargeSend && accepted < MuchSent))
        {
            return;
        }

        if (end.TryGrow())
        {
            _policy = _policy.For(end.KnownCapacity);
        }
        else
        {
            _growAt = accepted + RetryAfter;
        }
    }
}
