using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What a method in source does to what it is given, found once and used at every call.</summary>
internal sealed class MethodSummary
{
    /// <summary>Of a method that never returns; what a recursive one is taken for until its other paths are known.</summary>
    public static MethodSummary NeverReturns { get; } = new();

    /// <summary>For each parameter the state at the normal end of what it held, with what was read and written.</summary>
    public OwnershipState[] Parameters { get; set; } = [];

    /// <summary>Parameters that it gives away before anything in it can throw: a failure of the pipe finds them gone.</summary>
    public HashSet<int> TakenFirst { get; } = [];

    /// <summary>Parameters by reference in which there is something else at the end.</summary>
    public HashSet<int> AssignedParameters { get; } = [];

    /// <summary>The same for what was in fields of <c>this</c> when the method began, by path.</summary>
    public Dictionary<string, FieldEffect> Fields { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FieldEffect> Statics { get; } = new(StringComparer.Ordinal);

    public HashSet<string> AssignedFields { get; } = new(StringComparer.Ordinal);

    public HashSet<string> AssignedStatics { get; } = new(StringComparer.Ordinal);

    /// <summary>Of a constructor: fields of the new object, and the parameter that each holds.</summary>
    public Dictionary<string, int> HeldParameters { get; } = new(StringComparer.Ordinal);

    /// <summary>Parameters whose memory is in the result.</summary>
    public List<int> Returns { get; } = [];

    /// <summary>Fields of <c>this</c> whose memory is in the result.</summary>
    public List<string> ReturnsFields { get; } = [];

    /// <summary>The result may be a buffer that the method rented, and that the caller now owns.</summary>
    public bool ReturnsFresh { get; set; }

    public bool ReturnsOther { get; set; }

    public bool MayDrain { get; set; }

    /// <summary>The result is that of the raw call.</summary>
    public bool ReturnsRawResult { get; set; }

    /// <summary>Whether the two say the same, so that a recursive method's is found.</summary>
    public bool Agrees(MethodSummary other)
        => Parameters.SequenceEqual(other.Parameters) && TakenFirst.SetEquals(other.TakenFirst) && AssignedParameters.SetEquals(other.AssignedParameters)
        && Agree(Fields, other.Fields) && Agree(Statics, other.Statics)
        && AssignedFields.SetEquals(other.AssignedFields) && AssignedStatics.SetEquals(other.AssignedStatics)
        && Agree(HeldParameters, other.HeldParameters)
        && new HashSet<int>(Returns).SetEquals(other.Returns) && new HashSet<string>(ReturnsFields).SetEquals(other.ReturnsFields)
        && (ReturnsFresh, ReturnsOther, MayDrain, ReturnsRawResult) == (other.ReturnsFresh, other.ReturnsOther, other.MayDrain, other.ReturnsRawResult);

    private static bool Agree<T>(Dictionary<string, T> left, Dictionary<string, T> right) where T : IEquatable<T>
        => left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out T? other) && pair.Value.Equals(other));
}
