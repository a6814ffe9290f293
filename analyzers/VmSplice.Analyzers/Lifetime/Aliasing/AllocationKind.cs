namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>What a site stands for, and so which rules it is under.</summary>
internal enum AllocationKind
{
    /// <summary>Pages of the runtime: rented, allocated or frozen.</summary>
    Pages,

    /// <summary>A record writer or reader, which ends the slots and batches it handed out.</summary>
    RecordSource,

    /// <summary>A record or span that belongs to a record writer or reader.</summary>
    Slot,

    // Memory for the raw call.
    Stack,
    Managed,
    Pinned,
    Pooled,
    PoolOwner,
    Native,
    Mapped,

    /// <summary>Memory of which only the address is known: a pointer or span parameter.</summary>
    Foreign,

    /// <summary>A <c>fixed</c> variable, a <c>GCHandle</c> or a <c>MemoryHandle</c>.</summary>
    Pin,

    /// <summary>A lambda or a method group.</summary>
    Function,
}
