using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What a method does with what one of its parameters holds when it begins.</summary>
internal readonly struct ParameterSummary(OwnershipState effect, bool isAssigned = false, bool isTakenFirst = false) : IEquatable<ParameterSummary>
{
    /// <summary>The state of it at the normal end, with what was read and written.</summary>
    public OwnershipState Effect => effect;

    /// <summary>Of a parameter by reference: there is something else in it at the end.</summary>
    public bool IsAssigned => isAssigned;

    /// <summary>The method gives it away before anything in it can throw: a failure of the pipe finds it gone.</summary>
    public bool IsTakenFirst => isTakenFirst;

    public bool Equals(ParameterSummary other) => (effect, isAssigned, isTakenFirst) == (other.Effect, other.IsAssigned, other.IsTakenFirst);

    public override bool Equals(object? obj) => obj is ParameterSummary other && Equals(other);

    public override int GetHashCode() => (int)effect;
}
