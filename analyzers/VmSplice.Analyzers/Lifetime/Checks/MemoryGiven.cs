using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>Memory that is surely given to the raw call.</summary>
internal sealed class MemoryGiven(SyntaxNode node, Reference memory, SiteState before, string? helper) : LifetimeEvent(node)
{
    /// <summary>Which memory, and the pin through which it was reached.</summary>
    public Reference Memory => memory;

    public SiteState Before => before;

    /// <summary>The method that makes the call, where it is not made here.</summary>
    public string? Helper => helper;
}
