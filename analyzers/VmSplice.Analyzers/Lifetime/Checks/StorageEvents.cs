using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>From here on a collection or a lambda holds the buffer.</summary>
internal sealed class BufferStored(SyntaxNode node, AllocationSite site, AccessPath? collection) : LifetimeEvent(node)
{
    public AllocationSite Site => site;

    /// <summary>The variable or field of the collection; null where it has none, and of a lambda.</summary>
    public AccessPath? Collection => collection;
}

/// <summary>The list that held the buffer was the argument of a call that took its elements: nobody holds it by that any more.</summary>
internal sealed class StorageEnded(SyntaxNode node, AllocationSite site) : LifetimeEvent(node)
{
    public AllocationSite Site => site;
}

/// <summary>A buffer was given away while something holds it, or the other way round.</summary>
internal sealed class StoredAndTransferred(SyntaxNode node, AllocationSite site) : LifetimeEvent(node)
{
    public AllocationSite Site => site;
}

/// <summary>A buffer was given away that the field of an object in a local holds.</summary>
internal sealed class TransferredFromObject(SyntaxNode node, AllocationSite site, AccessPath path, string verb) : LifetimeEvent(node)
{
    public AllocationSite Site => site;

    public AccessPath Path => path;

    /// <summary>"sent", as a message says it.</summary>
    public string Verb => verb;
}

/// <summary>Elements are taken out of a collection.</summary>
internal sealed class CollectionEmptied(SyntaxNode node, AccessPath collection) : LifetimeEvent(node)
{
    public AccessPath Collection => collection;
}

/// <summary>The body compares the state of a buffer.</summary>
internal sealed class StateQueried(SyntaxNode node, AllocationSite site) : LifetimeEvent(node)
{
    public AllocationSite Site => site;
}
