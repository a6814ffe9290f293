namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What the result of a method may be. Immutable.</summary>
internal sealed class ResultSummary(IReadOnlyList<int> parameters, IReadOnlyList<string> fields, bool isFresh, bool isOther, bool isRawResult)
{
    public static ResultSummary Nothing { get; } = new([], [], isFresh: false, isOther: false, isRawResult: false);

    /// <summary>Parameters whose memory is in it.</summary>
    public IReadOnlyList<int> Parameters => parameters;

    /// <summary>Fields of <c>this</c> whose memory is in it.</summary>
    public IReadOnlyList<string> Fields => fields;

    /// <summary>It may be a buffer that the method rented, and that the caller now owns.</summary>
    public bool IsFresh => isFresh;

    public bool IsOther => isOther;

    /// <summary>It is the result of the raw call.</summary>
    public bool IsRawResult => isRawResult;

    public bool Agrees(ResultSummary other)
        => new HashSet<int>(parameters).SetEquals(other.Parameters) && new HashSet<string>(fields).SetEquals(other.Fields)
        && (isFresh, isOther, isRawResult) == (other.IsFresh, other.IsOther, other.IsRawResult);
}
