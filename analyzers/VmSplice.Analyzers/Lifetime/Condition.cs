namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// The conditions in which an origin may be: a set, one for each path. Its lattice is the power set: join is union,
/// and something is certain where nothing else is in the set.
/// </summary>
[Flags]
internal enum Condition
{
    None = 0,
    Owned = 1 << 0,

    /// <summary>Alive; somebody else may own it too (returned, stored, passed to a method that is not known).</summary>
    Elsewhere = 1 << 1,
    Sent = 1 << 2,
    Gifted = 1 << 3,
    Frozen = 1 << 4,
    Disposed = 1 << 5,

    /// <summary>A slot whose writer moved on.</summary>
    Stale = 1 << 6,

    /// <summary>Handed to the raw call; nothing since could have drained the pipe.</summary>
    InFlight = 1 << 7,

    // What a method did to what it was given: one of each pair at least, both where paths differ.
    Unwritten = 1 << 10,
    Written = 1 << 11,
    Unread = 1 << 12,
    Read = 1 << 13,
    Still = 1 << 14,

    /// <summary>A writer that moved on.</summary>
    Moved = 1 << 15,

    /// <summary>Managed memory that a handle holds in place.</summary>
    Held = 1 << 16,

    /// <summary>More than one object of an earlier round of a loop.</summary>
    Many = 1 << 17,

    /// <summary>A collection or a lambda holds the buffer.</summary>
    Kept = 1 << 18,

    /// <summary>A variable held several, or too many to be listed, this among them: nobody knows whether it was handed over.</summary>
    Lost = 1 << 19,

    /// <summary>A receive into it was started, and not awaited since.</summary>
    Receiving = 1 << 20,

    Fates = Owned | Elsewhere | Sent | Gifted | Frozen | Disposed | Stale | InFlight,
    Untouched = Unwritten | Unread | Still,
}
