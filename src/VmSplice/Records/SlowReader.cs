namespace VmSplice;

/// <summary>What a <see cref="RecordBroadcaster{T}"/> does when a reader is a whole <see cref="RecordBroadcasterOptions.Backlog"/> behind.</summary>
public enum SlowReader
{
    /// <summary>It waits for that reader, and so do the others.</summary>
    Wait,

    /// <summary>
    /// It waits for <see cref="RecordBroadcasterOptions.DropAfter"/>, then goes on without that reader, which gets a
    /// <see cref="RecordStreamException"/> in place of the rest.
    /// </summary>
    Drop,
}
