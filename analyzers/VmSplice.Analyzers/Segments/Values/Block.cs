using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>Memory with a length: a span, an array, a page buffer.</summary>
internal sealed class Block(Number address, Provenance provenance, Number bytes, bool frozen = false, SyntaxNode? lengthSyntax = null) : Value
{
    public Number Address { get; } = address;

    public Provenance Provenance { get; } = provenance;

    public Number Bytes { get; } = bytes;

    /// <summary>Pages that the process may no longer write.</summary>
    public bool Frozen { get; } = frozen;

    /// <summary>Where its length was asked for.</summary>
    public SyntaxNode? LengthSyntax { get; } = lengthSyntax;

    public Block Slice(Number start, Number? bytes) => new(Address + start, Provenance.Move(start), bytes ?? Bytes - start, Frozen);

    protected override Value? JoinSame(Value other, bool widen)
    {
        var second = (Block)other;
        return new Block(Join(Address, second.Address, widen), Provenance.Join(Provenance, second.Provenance, widen), Join(Bytes, second.Bytes, widen),
            Frozen && second.Frozen, LengthSyntax);
    }

    public override bool Equals(object? obj) => obj is Block other
        && Address.Equals(other.Address) && Provenance.Equals(other.Provenance) && Bytes.Equals(other.Bytes) && Frozen == other.Frozen;

    public override int GetHashCode() => Address.GetHashCode() ^ Bytes.GetHashCode();
}
