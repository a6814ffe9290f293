namespace VmSplice.Analyzers.Lifetime.Aliasing;

/// <summary>A way to the memory of an allocation site: directly, or through the pin that keeps it where it is; to all of it, or to a part.</summary>
internal readonly struct Reference(AllocationSite site, AllocationSite? pin, MemoryRange? range = null) : IEquatable<Reference>
{
    public AllocationSite Site => site;

    public AllocationSite? Pin => pin;

    public MemoryRange Range => range ?? MemoryRange.Whole;

    public Reference At(MemoryRange other) => new(site, pin, other.IsWhole ? null : other);

    /// <summary>Whether it is the same memory, whichever part of it.</summary>
    public bool IsOfSame(Reference other) => ReferenceEquals(site, other.Site) && ReferenceEquals(pin, other.Pin);

    public bool Equals(Reference other) => IsOfSame(other) && Range.Equals(other.Range);

    public override bool Equals(object? obj) => obj is Reference other && Equals(other);

    public override int GetHashCode() => site.GetHashCode();
}
