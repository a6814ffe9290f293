namespace VmSplice.Analyzers.Segments.Values;

/// <summary>An integer or an address.</summary>
internal sealed class Scalar(Number number, Provenance provenance = default) : Value
{
    public Number Number { get; } = number;

    /// <summary>Of an address: where it points.</summary>
    public Provenance Provenance { get; } = provenance;

    protected override Value? JoinSame(Value other, bool widen)
    {
        var second = (Scalar)other;
        return new Scalar(Join(Number, second.Number, widen), Provenance.Join(Provenance, second.Provenance, widen));
    }

    public override bool Equals(object? obj) => obj is Scalar other && Number.Equals(other.Number) && Provenance.Equals(other.Provenance);

    public override int GetHashCode() => Number.GetHashCode();
}
