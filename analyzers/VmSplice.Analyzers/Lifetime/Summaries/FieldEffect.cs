using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What happened to the memory that was in a field when the method began.</summary>
internal readonly struct FieldEffect(OwnershipState effect, AllocationKind kind) : IEquatable<FieldEffect>
{
    public OwnershipState Effect => effect;

    public AllocationKind Kind => kind;

    public bool Equals(FieldEffect other) => effect == other.Effect && kind == other.Kind;

    public override bool Equals(object? obj) => obj is FieldEffect other && Equals(other);

    public override int GetHashCode() => (int)effect;
}
