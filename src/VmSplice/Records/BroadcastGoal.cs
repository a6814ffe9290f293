namespace VmSplice.Records;

/// <summary>What a call of a broadcaster waits for.</summary>
internal enum BroadcastGoal
{
    /// <summary>A block is free for the next chunk.</summary>
    Room,

    /// <summary>All that was published is in the pipes of the readers that are left.</summary>
    Sent,
}
