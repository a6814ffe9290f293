using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>A buffer that may be owned is an argument of a method whose effect is not known.</summary>
internal sealed class PassedToUnknown(SyntaxNode node, AllocationSite site, string callee, IParameterSymbol? parameter) : LifetimeEvent(node)
{
    public AllocationSite Site => site;

    public string Callee => callee;

    /// <summary>What it is passed as, where that is a parameter.</summary>
    public IParameterSymbol? Parameter => parameter;
}
