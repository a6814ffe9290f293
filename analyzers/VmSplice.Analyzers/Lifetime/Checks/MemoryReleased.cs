using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>Memory of the raw call is freed, returned to its pool or disposed; the node is that call.</summary>
internal sealed class MemoryReleased(SyntaxNode node, SyntaxNode memory, AllocationSite site, SiteState before, string verb) : LifetimeEvent(node)
{
    /// <summary>The expression that names the memory.</summary>
    public SyntaxNode Memory => memory;

    public AllocationSite Site => site;

    public SiteState Before => before;

    public string Verb => verb;
}
