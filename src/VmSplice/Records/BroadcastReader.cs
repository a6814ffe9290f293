using VmSplice.Records;

namespace VmSplice;

/// <summary>One reader of a <see cref="RecordBroadcaster{T}"/>, as the sender sees it. Safe to look at from any thread.</summary>
public sealed class BroadcastReader
{
    private readonly BroadcastLane _lane;

    internal BroadcastReader(BroadcastLane lane) => _lane = lane;

    /// <summary>Gets which one it is, counted from 0 in the order in which the pipes were given.</summary>
    public int Index => _lane.Index;

    /// <summary>Gets the sending end of its pipe.</summary>
    public SpliceWriter Writer => _lane.Writer;

    /// <summary>Gets whether it reads long chunks where they lie. Not so at first, and never where it cannot join.</summary>
    public bool IsInPlace => _lane.IsInPlace;

    /// <summary>
    /// Gets the records that were sent to it: that its pipe accepted, or, in place, a reference to them. That is no proof that it has read them.
    /// </summary>
    public long RecordsSent => _lane.RecordsSent;

    /// <summary>
    /// Gets how many of the records that were flushed it has not taken: its pipe has not accepted them, or, in place, it has not returned them. Whole
    /// chunks count. Where <see cref="Error"/> is set: when it left.
    /// </summary>
    public long RecordsBehind => _lane.RecordsBehind;

    /// <summary>
    /// Gets why it is served no longer: <see cref="ReaderDroppedException"/>, <see cref="BrokenPipeException"/> where it left, or what else failed;
    /// <see langword="null"/> where all is well.
    /// </summary>
    public Exception? Error => _lane.Error;
}
