namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>A way to the memory of an allocation site: directly, or through the pin that keeps it where it is.</summary>
internal readonly struct Reference(AllocationSite site, AllocationSite? pin) : IEquatable<Reference>
{
    public AllocationSite Site => site;

    public AllocationSite? Pin => pin;

    public bool Equals(Reference other) => ReferenceEquals(site, other.Site) && ReferenceEquals(pin, other.Pin);

    public override bool Equals(object? obj) => obj is Reference other && Equals(other);

    public override int GetHashCode() => site.GetHashCode();
}
