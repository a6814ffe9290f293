using VmSplice.Diagnostics;
using VmSplice.Interop;
using VmSplice.Kernel;

namespace VmSplice.Pipes;

/// <summary>Whether pages that were sent are reused once the pipe was read past them, and how far it was read.</summary>
internal sealed class PageRecycling(PipeEnd end, SendSteps steps, bool isOn)
{
    private long _consumed;

    /// <summary>Gets whether pages are reused once they were read, as the mark at the pipe says.</summary>
    internal bool IsOn { get; private set; } = isOn;

    /// <summary>
    /// Whether pages may be reused here. Marks the pipe, so that whoever forwards it sees that; where it cannot be marked, nothing is
    /// reused.
    /// </summary>
    internal static bool TryMark(PipeEnd end, PipeReaderKind reader)
        => reader == PipeReaderKind.Copying
            && end.IsPipe
            && end.TryGetUnread(out _, out _)
            && KernelSupport.Current.PageSharing == PageSharing.SharesPages
            && RecyclingMark.TrySet(end.Handle);

    /// <summary>The bytes that the reader has read. What other writers of the same pipe put in counts as unread, so this never claims too much.</summary>
    internal long CountConsumed()
    {
        long accepted = steps.Accepted;
        if (!end.IsPipe)
        {
            // A file or a terminal has the bytes as soon as it took them.
            return accepted;
        }

        if (end.Handle.IsClosed)
        {
            // What is in flight stays there without this end, and nobody tells how much that is.
            return _consumed;
        }

        if (end.TryGetUnread(out int unread, out int errno))
        {
            return _consumed = accepted - unread;
        }

        if (IsOn)
        {
            // Nobody tells any more when pages are free. What is in flight is left alone for good.
            IsOn = false;
            Instruments.CountFallback("FIONREAD", errno, end.Handle);
        }

        return _consumed;
    }
}
