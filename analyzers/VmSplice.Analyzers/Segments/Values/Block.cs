using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Memory with a length: a span, an array, a page buffer.</summary>
internal sealed class Block(Number address, Place place, Number bytes, bool frozen = false, SyntaxNode? lengthSyntax = null) : Value
{
    public Number Address { get; } = address;

    public Place Place { get; } = place;

    public Number Bytes { get; } = bytes;

    /// <summary>Pages that the process may no longer write.</summary>
    public bool Frozen { get; } = frozen;

    /// <summary>Where its length was asked for.</summary>
    public SyntaxNode? LengthSyntax { get; } = lengthSyntax;

    public Block Slice(Number start, Number? bytes) => new(Address + start, Place.Move(start), bytes ?? Bytes - start, Frozen);

    protected override Value? JoinSame(Value other, bool widen)
    {
        var second = (Block)other;
        return new Block(Join(Address, second.Address, widen), Place.Join(Place, second.Place, widen), Join(Bytes, second.Bytes, widen),
            Frozen && second.Frozen, LengthSyntax);
    }

    public override bool Equals(object? obj) => obj is Block other
        && Address.Equals(other.Address) && Place.Equals(other.Place) && Bytes.Equals(other.Bytes) && Frozen == other.Frozen;

    public override int GetHashCode() => Address.GetHashCode() ^ Bytes.GetHashCode();
}
