using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>Something that a check may object to, with all that it takes to judge it. Immutable.</summary>
internal abstract class LifetimeEvent(SyntaxNode node)
{
    public SyntaxNode Node => node;
}
