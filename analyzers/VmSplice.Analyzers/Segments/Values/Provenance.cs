
namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What an address was taken from (a parameter, a variable, the syntax of an allocation), and how many bytes into it.</summary>
internal readonly struct Provenance(object? site, Number offset) : IEquatable<Provenance>
{
    /// <summary>Null where it is not known.</summary>
    public object? Site { get; } = site;

    public Number Offset { get; } = offset;

    public Provenance Move(Number bytes) => Site is null ? default : new(Site, Offset + bytes);

    public static Provenance Join(Provenance left, Provenance right, bool widen) => left.Site is not null && Equals(left.Site, right.Site)
        ? new(left.Site, widen ? Number.Widen(left.Offset, right.Offset) : Number.Join(left.Offset, right.Offset))
        : default;

    public bool Equals(Provenance other) => Equals(Site, other.Site) && Offset.Equals(other.Offset);

    public override bool Equals(object? obj) => obj is Provenance other && Equals(other);

    public override int GetHashCode() => Site?.GetHashCode() ?? 0;
}
