using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Lifetime.State;

/// <summary>A call that was started and not awaited: until it is, it may still read or fill the memory that it was given.</summary>
internal sealed class UnfinishedIo(SyntaxNode node, string method, bool fills, bool ofAll = false) : IEquatable<UnfinishedIo>
{
    public SyntaxNode Node => node;

    public string Method => method;

    /// <summary>Whether it fills the memory; else it reads it.</summary>
    public bool Fills => fills;

    /// <summary>Whether it was given all of the memory; of a part, the rest is free meanwhile.</summary>
    public bool IsOfAll => ofAll;

    /// <summary>Either of two, where paths meet: the first of the source. One is enough for a message.</summary>
    public static UnfinishedIo? Join(UnfinishedIo? left, UnfinishedIo? right)
        => left is null ? right
        : right is null || left.Equals(right) ? left
        : SourceOrder.Compare(left.Node, right.Node) is not 0 and var order ? order < 0 ? left : right
        : left.Fills ? left : right;

    public bool Equals(UnfinishedIo? other) => other is not null && node == other.Node && fills == other.Fills;

    public override bool Equals(object? obj) => Equals(obj as UnfinishedIo);

    public override int GetHashCode() => node.GetHashCode();
}
