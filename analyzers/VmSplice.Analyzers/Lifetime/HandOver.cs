using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime;

/// <summary>What happened, where: the event that a message points to.</summary>
internal sealed class HandOver(Condition became, SyntaxNode node, string verb) : IEquatable<HandOver>
{
    public Condition Became => became;

    public SyntaxNode Node => node;

    /// <summary>"sent", "gifted"; as a message says it before the line.</summary>
    public string Verb => verb;

    public bool Equals(HandOver? other) => other is not null && became == other.Became && node == other.Node;

    public override bool Equals(object? obj) => Equals(obj as HandOver);

    public override int GetHashCode() => node.GetHashCode();
}
