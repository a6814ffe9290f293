using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What a method does with what one of its parameters holds when it begins.</summary>
internal readonly struct ParameterSummary(OwnershipState effect, bool isAssigned = false, bool isTakenFirst = false, MemoryRange? given = null,
    IReadOnlyDictionary<string, FieldSummary>? fields = null, IReadOnlyList<int>? left = null) : IEquatable<ParameterSummary>
{
    /// <summary>The state of it at the normal end, with what was read and written.</summary>
    public OwnershipState Effect => effect;

    /// <summary>Of a parameter by reference: there is something else in it at the end.</summary>
    public bool IsAssigned => isAssigned;

    /// <summary>The method gives it away before anything in it can throw: a failure of the pipe finds it gone.</summary>
    public bool IsTakenFirst => isTakenFirst;

    /// <summary>Which part of it the method gives to the raw call; null where that is none, or not one part.</summary>
    public MemoryRange? Given => given;

    /// <summary>Of a structure or an object: what the method does to what its fields hold, by the end of their access path.</summary>
    public IReadOnlyDictionary<string, FieldSummary>? Fields => fields;

    /// <summary>Of a parameter by reference that is assigned: the parameters whose memory is in it at the end; null where that is not known.</summary>
    public IReadOnlyList<int>? Left => left;

    public bool Equals(ParameterSummary other) => (effect, isAssigned, isTakenFirst) == (other.Effect, other.IsAssigned, other.IsTakenFirst)
        && Equals(given, other.Given) && (left is null ? other.Left is null : other.Left is { } held && left.SequenceEqual(held))
        && (fields is null ? other.Fields is null : other.Fields is { } others && fields.Count == others.Count
            && fields.All(pair => others.TryGetValue(pair.Key, out FieldSummary field) && field.Equals(pair.Value)));

    public override bool Equals(object? obj) => obj is ParameterSummary other && Equals(other);

    public override int GetHashCode() => (int)effect;
}
