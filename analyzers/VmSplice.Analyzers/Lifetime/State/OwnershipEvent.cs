using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>What happened to the ownership of some memory, and where: what a message points to.</summary>
internal sealed class OwnershipEvent(OwnershipState became, SyntaxNode node, string verb, MemoryRange? range = null)
    : IEquatable<OwnershipEvent>, IComparable<OwnershipEvent>
{
    public OwnershipState Became => became;

    public SyntaxNode Node => node;

    /// <summary>"sent", "gifted"; as a message says it before the line.</summary>
    public string Verb => verb;

    /// <summary>Of what the raw call was given, which part of the memory; null where all of it changed hands.</summary>
    public MemoryRange? Range => range;

    /// <summary>In the order of the source: of many events the first few are kept, whatever path met them first.</summary>
    public int CompareTo(OwnershipEvent? other)
        => other is null ? 1
        : SourceOrder.Compare(node, other.Node) is not 0 and var order ? order
        : became != other.Became ? became.CompareTo(other.Became)
        : string.CompareOrdinal(verb, other.Verb) is not 0 and var text ? text
        : (range?.Start ?? 0).CompareTo(other.Range?.Start ?? 0);

    public bool Equals(OwnershipEvent? other)
        => other is not null && became == other.Became && node == other.Node && verb == other.Verb && Equals(range, other.Range);

    public override bool Equals(object? obj) => Equals(obj as OwnershipEvent);

    public override int GetHashCode() => node.GetHashCode();
}
