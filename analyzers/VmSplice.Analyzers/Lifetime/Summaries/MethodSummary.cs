namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What a method in source does to what it is given, found once and used at every call. Immutable.</summary>
internal sealed class MethodSummary(
    IReadOnlyList<ParameterSummary> parameters,
    IReadOnlyDictionary<string, FieldSummary> fields,
    IReadOnlyDictionary<string, FieldSummary> statics,
    IReadOnlyDictionary<string, int> held,
    ResultSummary result,
    bool mayDrain,
    int descriptor = -1,
    IReadOnlyList<OutcomeSummary>? outcomes = null,
    IReadOnlyList<string>? allocated = null)
{
    private static readonly Dictionary<string, FieldSummary> s_noFields = [];

    /// <summary>Of a method that never returns; what a recursive one is taken for until its other paths are known.</summary>
    public static MethodSummary NeverReturns { get; } = new([], s_noFields, s_noFields, new Dictionary<string, int>(), ResultSummary.Nothing, mayDrain: false);

    public IReadOnlyList<ParameterSummary> Parameters => parameters;

    /// <summary>Fields of <c>this</c>, by the end of their access path.</summary>
    public IReadOnlyDictionary<string, FieldSummary> Fields => fields;

    public IReadOnlyDictionary<string, FieldSummary> Statics => statics;

    /// <summary>Of a constructor: fields of the new object, and the parameter that each holds.</summary>
    public IReadOnlyDictionary<string, int> Held => held;

    /// <summary>Of a constructor: the field of the new object that holds native memory which the constructor allocates; one at most.</summary>
    public IReadOnlyList<string> Allocated => allocated ?? [];

    public ResultSummary Result => result;

    /// <summary>Something in it could empty a pipe.</summary>
    public bool MayDrain => mayDrain;

    /// <summary>The parameter that is the descriptor of each raw call in it; -1 where none is.</summary>
    public int Descriptor => descriptor;

    /// <summary>What it did where it returns one constant or another; empty where the result says nothing.</summary>
    public IReadOnlyList<OutcomeSummary> Outcomes { get; } = outcomes ?? [];

    /// <summary>Of a constructor without a body, which has no fields but those that it fills.</summary>
    public static MethodSummary OfConstructor(IReadOnlyList<ParameterSummary> parameters, IReadOnlyDictionary<string, int> held,
        IReadOnlyList<string> allocated)
        => new(parameters, s_noFields, s_noFields, held, ResultSummary.Nothing, mayDrain: false, allocated: allocated);

    /// <summary>Whether the two say the same, so that a recursive method's is found.</summary>
    public bool Agrees(MethodSummary other)
        => parameters.SequenceEqual(other.Parameters) && Agree(fields, other.Fields) && Agree(statics, other.Statics) && Agree(held, other.Held)
        && Allocated.SequenceEqual(other.Allocated) && result.Agrees(other.Result) && Outcomes.SequenceEqual(other.Outcomes)
        && (mayDrain, descriptor) == (other.MayDrain, other.Descriptor);

    private static bool Agree<T>(IReadOnlyDictionary<string, T> left, IReadOnlyDictionary<string, T> right) where T : IEquatable<T>
        => left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out T? other) && pair.Value.Equals(other));
}
