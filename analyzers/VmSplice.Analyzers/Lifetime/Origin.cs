using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>
/// One abstract object: all that is made at one place of the body, or was there when it began. The site's most recent
/// object is told from those of earlier rounds of a loop (<see cref="Older"/>), so that renting anew starts anew.
/// </summary>
internal sealed class Origin(OriginKind kind, SyntaxNode? site, string name, Origin? owner, bool isFresh)
{
    private Origin? _older;

    public OriginKind Kind => kind;

    /// <summary>Where it was made; null where it was there before.</summary>
    public SyntaxNode? Site => site;

    /// <summary>What messages call it.</summary>
    public string Name => name;

    /// <summary>Of a slot, its writer; of a pin, the memory that it holds.</summary>
    public Origin? Owner => owner;

    /// <summary>Made in this body, which then must hand it over or dispose it.</summary>
    public bool IsFresh => isFresh;

    public bool IsOlder { get; private set; }

    /// <summary>All objects that the site made before the most recent one.</summary>
    public Origin Older => IsOlder ? this : _older ??= new Origin(kind, site, name, owner, isFresh) { IsOlder = true };

    /// <summary>Of a function: its operation and the graph that it is in.</summary>
    public (IOperation Operation, ControlFlowGraph Graph)? Function { get; set; }

    /// <summary>Of a parameter: its place in the list; -1 for others.</summary>
    public int Ordinal { get; set; } = -1;

    public override string ToString() => IsOlder ? name + "'" : name;
}
