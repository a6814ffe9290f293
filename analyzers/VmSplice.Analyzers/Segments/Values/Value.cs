using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What is known of the value of an expression. Null stands for nothing.</summary>
internal abstract class Value
{
    /// <summary>Either of the two; null where they have nothing in common. <paramref name="widen"/> makes loops settle.</summary>
    [MethodImpl(Hot.Path)]
    public static Value? Join(Value? left, Value? right, bool widen) => left is null || right is null ? null
        : ReferenceEquals(left, right) ? left
        : left.GetType() == right.GetType() ? left.JoinSame(right, widen)
        : null;

    protected abstract Value? JoinSame(Value other, bool widen);

    [MethodImpl(Hot.Path)]
    protected static Number Join(Number left, Number right, bool widen) => widen ? Number.Widen(left, right) : Number.Join(left, right);
}

/// <summary>A piece of memory by what it was taken from: a parameter, a variable, the place of an allocation.</summary>
internal readonly struct Place(object? origin, Number offset) : IEquatable<Place>
{
    /// <summary>Null where it is not known.</summary>
    public object? Origin { get; } = origin;

    public Number Offset { get; } = offset;

    public Place Move(Number bytes) => Origin is null ? default : new(Origin, Offset + bytes);

    public static Place Join(Place left, Place right, bool widen) => left.Origin is not null && Equals(left.Origin, right.Origin)
        ? new(left.Origin, widen ? Number.Widen(left.Offset, right.Offset) : Number.Join(left.Offset, right.Offset))
        : default;

    [MethodImpl(Hot.Path)]
    public bool Equals(Place other) => Equals(Origin, other.Origin) && Offset.Equals(other.Offset);

    [MethodImpl(Hot.Path)]
    public override bool Equals(object? obj) => obj is Place other && Equals(other);

    public override int GetHashCode() => Origin?.GetHashCode() ?? 0;
}

/// <summary>An integer or an address.</summary>
internal sealed class Scalar(Number number, Place place = default) : Value
{
    public Number Number { get; } = number;

    /// <summary>Of an address: where it points.</summary>
    public Place Place { get; } = place;

    protected override Value? JoinSame(Value other, bool widen)
    {
        var second = (Scalar)other;
        return new Scalar(Join(Number, second.Number, widen), Place.Join(Place, second.Place, widen));
    }

    public override bool Equals(object? obj) => obj is Scalar other && Number.Equals(other.Number) && Place.Equals(other.Place);

    public override int GetHashCode() => Number.GetHashCode();
}

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
    public override bool Equals(object? obj) => obj is Segment other && Equals(Address, other.Address) && Equals(Length, other.Length) && Frozen == other.Frozen;

    public override int GetHashCode() => Address?.GetHashCode() ?? 0;
}

/// <summary>A list of segments (array, span, pointer, reference): a window of a cell whose content the state holds.</summary>
internal sealed class SegmentWindow(object? cell, Number start, Number count) : Value
{
    /// <summary>Null where the content is not known.</summary>
    public object? Cell { get; } = cell;

    public Number Start { get; } = start;

    public Number Count { get; } = count;

    protected override Value? JoinSame(Value other, bool widen)
    {
        var second = (SegmentWindow)other;
        return new SegmentWindow(Equals(Cell, second.Cell) ? Cell : null, Join(Start, second.Start, widen), Join(Count, second.Count, widen));
    }

    public override bool Equals(object? obj) => obj is SegmentWindow other
        && Equals(Cell, other.Cell) && Start.Equals(other.Start) && Count.Equals(other.Count);

    public override int GetHashCode() => Cell?.GetHashCode() ?? Count.GetHashCode();
}

/// <summary>What a descriptor, or what holds one, is known to be.</summary>
internal enum DescriptorKind
{
    ReadEnd,
    WriteEnd,
    File,
    Socket,

    /// <summary>The two descriptors that <c>pipe(2)</c> stored: the read end at 0, the write end at 1.</summary>
    Pair,

    /// <summary>The server's end of an anonymous pipe; its client's handle is the other end.</summary>
    ServerReadEnd,
    ServerWriteEnd,
}

/// <summary>A descriptor, handle or stream over one.</summary>
internal sealed class Descriptor(DescriptorKind kind, string what) : Value
{
    public DescriptorKind Kind { get; } = kind;

    /// <summary>In the words of a message: "the read end of a pipe".</summary>
    public string What { get; } = what;

    protected override Value? JoinSame(Value other, bool widen) => Equals(other) ? this : null;

    public override bool Equals(object? obj) => obj is Descriptor other && Kind == other.Kind && What == other.What;

    public override int GetHashCode() => (int)Kind;
}
