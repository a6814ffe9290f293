using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>What an origin stands for, and so which rules it is under.</summary>
internal enum OriginKind
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

/// <summary>
/// One abstract object: all that is made at one place of the body, or was there when it began. The site's most recent
/// object is told from those of earlier rounds of a loop (<see cref="Older"/>), so that renting anew starts anew.
/// </summary>
internal sealed class Origin(OriginKind kind, SyntaxNode? site, string name, Origin? owner, bool isFresh)
{
    private Origin? older;

    public OriginKind Kind => kind;

    /// <summary>Where it was made; null where it was there before.</summary>
    public SyntaxNode? Site => site;

    /// <summary>What messages call it.</summary>
    public string Name => name;

    /// <summary>Of a slot, its writer; of a pin, the memory that it holds.</summary>
    public Origin? Owner => owner;

    /// <summary>Made in this body, which then must hand it over or dispose it.</summary>
    public bool IsFresh => isFresh;

    public bool IsOlder { get; private set; }

    /// <summary>All objects that the site made before the most recent one.</summary>
    public Origin Older => IsOlder ? this : older ??= new Origin(kind, site, name, owner, isFresh) { IsOlder = true };

    /// <summary>Of a function: its operation and the graph that it is in.</summary>
    public (IOperation Operation, ControlFlowGraph Graph)? Function { get; set; }

    /// <summary>Of a parameter: its place in the list; -1 for others.</summary>
    public int Ordinal { get; set; } = -1;

    public override string ToString() => IsOlder ? name + "'" : name;
}

/// <summary>A way to an origin: directly, or through the pin that keeps it in place.</summary>
internal readonly struct Reference(Origin origin, Origin? pin) : IEquatable<Reference>
{
    public Origin Origin => origin;

    public Origin? Pin => pin;

    public bool Equals(Reference other) => ReferenceEquals(origin, other.Origin) && ReferenceEquals(pin, other.Pin);

    public override bool Equals(object? obj) => obj is Reference other && Equals(other);

    public override int GetHashCode() => origin.GetHashCode();
}
