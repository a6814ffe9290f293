using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>A reader or writer moves on while a collection still holds a batch that it handed out.</summary>
internal sealed class KeptBatchExpired(SyntaxNode node, AllocationSite site, AccessPath holder) : LifetimeEvent(node)
{
    public AllocationSite Site => site;

    /// <summary>The place in the collection: a part of its access path.</summary>
    public AccessPath Holder => holder;
}

/// <summary>An operator gathers all batches of a reader, of which at most one is valid at a time.</summary>
internal sealed class BatchesGathered(SyntaxNode node, AllocationSite reader, string method) : LifetimeEvent(node)
{
    public AllocationSite Reader => reader;

    public string Method => method;
}
