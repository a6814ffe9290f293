namespace VmSplice.Analyzers.Lifetime;

/// <summary>A way to an origin: directly, or through the pin that keeps it in place.</summary>
internal readonly struct Reference(Origin origin, Origin? pin) : IEquatable<Reference>
{
    public Origin Origin => origin;

    public Origin? Pin => pin;

    public bool Equals(Reference other) => ReferenceEquals(origin, other.Origin) && ReferenceEquals(pin, other.Pin);

    public override bool Equals(object? obj) => obj is Reference other && Equals(other);

    public override int GetHashCode() => origin.GetHashCode();
}
