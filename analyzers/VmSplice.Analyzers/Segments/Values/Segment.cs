using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>One segment: an address and a length, each with the expression that gave it.</summary>
internal sealed class Segment(Scalar? address, Scalar? length, SyntaxNode? addressSyntax, SyntaxNode? lengthSyntax, bool frozen = false) : Value
{
    public Scalar? Address { get; } = address;

    public Scalar? Length { get; } = length;

    public SyntaxNode? AddressSyntax { get; } = addressSyntax;

    public SyntaxNode? LengthSyntax { get; } = lengthSyntax;

    public bool Frozen { get; } = frozen;

    public Segment WithAddress(Scalar? value, SyntaxNode syntax) => new(value, Length, syntax, LengthSyntax, Frozen);

    public Segment WithLength(Scalar? value, SyntaxNode syntax) => new(Address, value, AddressSyntax, syntax, Frozen);

    protected override Value? JoinSame(Value other, bool widen)
    {
        var second = (Segment)other;
        return new Segment((Scalar?)Join(Address, second.Address, widen), (Scalar?)Join(Length, second.Length, widen),
            AddressSyntax ?? second.AddressSyntax, LengthSyntax ?? second.LengthSyntax, Frozen && second.Frozen);
    }

    // Without the syntax: it is for messages, and must not keep a loop going.
    public override bool Equals(object? obj)
        => obj is Segment other && Equals(Address, other.Address) && Equals(Length, other.Length) && Frozen == other.Frozen;

    public override int GetHashCode() => Address?.GetHashCode() ?? 0;
}
