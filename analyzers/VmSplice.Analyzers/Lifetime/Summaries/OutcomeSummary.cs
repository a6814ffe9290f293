using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What a method did to its parameters where it returns one constant: <c>TrySend</c> took the buffer where it is true. Immutable.</summary>
internal sealed class OutcomeSummary(object? constant, OwnershipState[] effects) : IEquatable<OutcomeSummary>
{
    /// <summary>The returned constant; null where the returned value is no constant.</summary>
    public object? Constant => constant;

    /// <summary>For each parameter, as <see cref="ParameterSummary.Effect"/>.</summary>
    public IReadOnlyList<OwnershipState> Effects => effects;

    public bool Equals(OutcomeSummary? other) => other is not null && Equals(constant, other.Constant) && effects.SequenceEqual(other.Effects);

    public override bool Equals(object? obj) => Equals(obj as OutcomeSummary);

    public override int GetHashCode() => constant?.GetHashCode() ?? 0;
}
