namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>
/// What may have happened to the memory of one allocation site: a set, with one member for each kind of path. Its lattice is
/// the power set: join is union, and something is certain where nothing else is in the set.
/// </summary>
[Flags]
internal enum OwnershipState
{
    None = 0,
    Owned = 1 << 0,

    /// <summary>Alive; somebody else may own it too (returned, stored, passed to a method that is not known).</summary>
    Shared = 1 << 1,
    Sent = 1 << 2,
    Gifted = 1 << 3,
    Frozen = 1 << 4,
    Disposed = 1 << 5,

    /// <summary>A slot or batch whose writer or reader moved on.</summary>
    Stale = 1 << 6,

    /// <summary>Given to the raw call; nothing since could have drained the pipe.</summary>
    InFlight = 1 << 7,

    // What a method did to what it was given: one of each pair at least, both where paths differ.
    Unwritten = 1 << 10,
    Written = 1 << 11,
    Unread = 1 << 12,
    Read = 1 << 13,
    Still = 1 << 14,

    /// <summary>A record writer or reader that moved on.</summary>
    Moved = 1 << 15,

    /// <summary>Garbage-collected memory that a handle pins.</summary>
    Pinned = 1 << 16,

    /// <summary>Stands for more than one object of previous iterations of a loop.</summary>
    Many = 1 << 17,

    /// <summary>A collection or a lambda holds the buffer.</summary>
    Stored = 1 << 18,

    /// <summary>A variable held several, or too many to be listed, this among them: nobody knows whether it was given away.</summary>
    Lost = 1 << 19,

    /// <summary>Of what is lost: another variable held the same several, so that the one may be what the other is not.</summary>
    Paired = 1 << 21,

    /// <summary>Pages of a buffer that were given to the raw call, of which the buffer knows nothing: its Dispose gives them to the next owner.</summary>
    Raw = 1 << 20,

    /// <summary>The states proper: exactly one holds on each path. The rest are notes beside them.</summary>
    Ownership = Owned | Shared | Sent | Gifted | Frozen | Disposed | Stale | InFlight,

    /// <summary>Given away for good.</summary>
    Transferred = Sent | Gifted,

    /// <summary>Of what a method was given and has not accessed.</summary>
    Unaccessed = Unwritten | Unread | Still,
}
