using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What a method does with what was in a field when it began.</summary>
internal readonly struct FieldSummary(OwnershipState effect, AllocationKind kind, bool isAssigned) : IEquatable<FieldSummary>
{
    /// <summary>The state of it at the normal end, with what was read and written.</summary>
    public OwnershipState Effect => effect;

    public AllocationKind Kind => kind;

    /// <summary>There is something else in the field at the end.</summary>
    public bool IsAssigned => isAssigned;

    public bool Equals(FieldSummary other) => (effect, kind, isAssigned) == (other.Effect, other.Kind, other.IsAssigned);

    public override bool Equals(object? obj) => obj is FieldSummary other && Equals(other);

    public override int GetHashCode() => (int)effect;
}
