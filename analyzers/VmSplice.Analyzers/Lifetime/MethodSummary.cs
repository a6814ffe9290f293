namespace VmSplice.Analyzers.Lifetime;

/// <summary>What a method in source does to what it is given, found once and used at every call.</summary>
internal sealed class MethodSummary
{
    /// <summary>For each parameter the conditions at the normal end, touches included.</summary>
    public Condition[] Parameters { get; set; } = [];

    /// <summary>Parameters by reference in which there is something else at the end.</summary>
    public HashSet<int> AssignedParameters { get; } = [];

    /// <summary>The same for what was in fields of <c>this</c> when the method began, by path.</summary>
    public Dictionary<string, Condition> Fields { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Condition> Statics { get; } = new(StringComparer.Ordinal);

    public HashSet<string> AssignedFields { get; } = new(StringComparer.Ordinal);

    public HashSet<string> AssignedStatics { get; } = new(StringComparer.Ordinal);

    /// <summary>Parameters whose memory is in the result.</summary>
    public List<int> Returns { get; } = [];

    /// <summary>Fields of <c>this</c> whose memory is in the result.</summary>
    public List<string> ReturnsFields { get; } = [];

    /// <summary>The result may be a buffer that the method rented, and that the caller now owns.</summary>
    public bool ReturnsFresh { get; set; }

    public bool ReturnsOther { get; set; }

    public bool MayDrain { get; set; }
}
