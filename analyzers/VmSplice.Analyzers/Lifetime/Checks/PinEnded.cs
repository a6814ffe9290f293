using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>A pin ends while what it pins is in flight; the node is the call that put it there.</summary>
internal sealed class PinEnded(SyntaxNode node, AllocationSite memory, string ends, int line) : LifetimeEvent(node)
{
    public AllocationSite Memory => memory;

    /// <summary>"is freed", "ends".</summary>
    public string Ends => ends;

    public int Line => line;
}
