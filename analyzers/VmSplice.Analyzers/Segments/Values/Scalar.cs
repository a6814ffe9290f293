namespace VmSplice.Analyzers.Segments.Values;

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
