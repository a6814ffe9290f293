using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>
/// One abstract object: all that is made at one piece of syntax, or was there when the body began. The most recent object of
/// a site is told from those of previous iterations (<see cref="Previous"/>), so that renting anew starts anew.
/// </summary>
internal sealed class AllocationSite(
    AllocationKind kind, SyntaxNode? node, string name, AllocationSite? owner, bool isFresh, int ordinal = -1,
    (IOperation Operation, ControlFlowGraph Graph)? function = null)
{
    private AllocationSite? _previous;

    public AllocationKind Kind => kind;

    /// <summary>Where it was made; null where it was there before.</summary>
    public SyntaxNode? Node => node;

    /// <summary>What messages call it.</summary>
    public string Name => name;

    /// <summary>Of a slot, its writer; of a pin, the memory that it holds.</summary>
    public AllocationSite? Owner => owner;

    /// <summary>Made in this body, which then must give it away or dispose it.</summary>
    public bool IsFresh => isFresh;

    /// <summary>Of what a parameter held: the parameter's place in the list; -1 for others.</summary>
    public int Ordinal => ordinal;

    /// <summary>Of a function: its operation and the graph that it is in.</summary>
    public (IOperation Operation, ControlFlowGraph Graph)? Function => function;

    public bool IsPrevious { get; private set; }

    /// <summary>All objects that the site made before the most recent one.</summary>
    public AllocationSite Previous
        => IsPrevious ? this : _previous ??= new AllocationSite(kind, node, name, owner, isFresh, ordinal, function) { IsPrevious = true };

    public override string ToString() => IsPrevious ? name + "'" : name;
}
