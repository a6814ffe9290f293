using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>The body returns a view of memory, or a reference into it; what becomes of the memory before the caller has it shows at the end.</summary>
internal sealed class ViewReturned(SyntaxNode node, PointsToSet view, bool isBuffer = false) : LifetimeEvent(node)
{
    /// <summary>Whether it is the buffer itself: that it was sent its state says, that it is disposed nobody expects.</summary>
    public bool IsBuffer => isBuffer;

    public PointsToSet View => view;
}
