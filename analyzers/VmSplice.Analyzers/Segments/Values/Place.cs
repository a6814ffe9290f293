using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers.Segments.Values;

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
