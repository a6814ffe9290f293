using VmSplice.Diagnostics;
using VmSplice.Kernel;

namespace VmSplice.Pipes;

/// <summary>What is known of the pages in a pipe: how many bytes wait there, and whether others may refer to them for as long as they like.</summary>
internal sealed class SenderPages(PipeEnd end, PipeSenderKind sender)
{
    private const int SomeBytes = 64 * 1024;

    private bool _unreadIsUnknown;
    private bool _recycles;

    /// <summary>
    /// Gets whether the sender may reuse its pages once they are read. What is in the pipe by now was sent after the pipe was
    /// marked: ask after <see cref="CountUnread"/>, not before.
    /// </summary>
    internal bool AreRecycled => _recycles || (_recycles = RecyclingMark.IsSet(end.Handle));

    /// <summary>
    /// Gets whether others may refer to the pages in the pipe for as long as they like: the caller's word that nobody
    /// writes to them again, unless the sender itself says the contrary. Ask after <see cref="CountUnread"/>.
    /// </summary>
    internal bool MayBePassedOn => sender == PipeSenderKind.Immutable && !AreRecycled;

    /// <summary>The sender says that it reuses its pages once they are read.</summary>
    internal void NoteRecycling() => _recycles = true;

    /// <summary>The bytes that wait in the pipe (FIONREAD). Where the kernel does not tell: 0, or a number that stands for some.</summary>
    internal int CountUnread()
    {
        if (end.TryGetUnread(out int unread, out int errno))
        {
            return unread;
        }

        if (!_unreadIsUnknown)
        {
            _unreadIsUnknown = true;
            Instruments.CountFallback("FIONREAD", errno, end.Handle);
        }

        // What arrives between two questions could not be told from what was there: everything is copied.
        NoteRecycling();
        return PipeWait.HasData(end.Handle) ? SomeBytes : 0;
    }
}
