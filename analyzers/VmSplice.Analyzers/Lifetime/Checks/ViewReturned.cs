using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>The body returns a view of memory, or a reference into it; what becomes of the memory before the caller has it shows at the end.</summary>
internal sealed class ViewReturned(SyntaxNode node, PointsToSet view) : LifetimeEvent(node)
{
    public PointsToSet View => view;
}
