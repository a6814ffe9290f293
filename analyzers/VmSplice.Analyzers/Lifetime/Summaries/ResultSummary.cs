namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>What the result of a method may be. Immutable.</summary>
internal sealed class ResultSummary(IReadOnlyList<int> parameters, IReadOnlyList<string> fields, IReadOnlyList<string> taken, bool isFresh,
    bool isOther, bool isRawResult, IReadOnlyList<int>? slots = null, bool isNewSource = false, IReadOnlyDictionary<string, int>? parts = null,
    IReadOnlyList<string>? slotsOfFields = null, bool isNewArray = false, IReadOnlyList<string>? allocated = null)
{
    public static ResultSummary Nothing { get; } = new([], [], [], isFresh: false, isOther: false, isRawResult: false);

    /// <summary>Parameters whose memory is in it.</summary>
    public IReadOnlyList<int> Parameters => parameters;

    /// <summary>Fields of <c>this</c> whose memory is in it.</summary>
    public IReadOnlyList<string> Fields => fields;

    /// <summary>Parameters that are record writers or readers, whose newest record or batch it is.</summary>
    public IReadOnlyList<int> Slots => slots ?? [];

    /// <summary>Fields of <c>this</c> that are record writers or readers, whose newest record or batch it is.</summary>
    public IReadOnlyList<string> SlotsOfFields => slotsOfFields ?? [];

    /// <summary>Fields of <c>this</c> whose memory is in it, and that surely hold something else at the end: <c>Take()</c>.</summary>
    public IReadOnlyList<string> Taken => taken;

    /// <summary>It may be a buffer that the method rented, and that the caller now owns.</summary>
    public bool IsFresh => isFresh;

    /// <summary>Of a tuple, a structure or an object that is returned: its fields, and the parameter whose memory is surely in each.</summary>
    public IReadOnlyDictionary<string, int> Parts { get; } = parts ?? new Dictionary<string, int>();

    /// <summary>It may be a record writer that the method made, and that the caller now completes.</summary>
    public bool IsNewSource => isNewSource;

    /// <summary>It may be an array of the garbage collector's that the method made, and that nothing pins.</summary>
    public bool IsNewArray => isNewArray;

    /// <summary>Of an object that is returned: the field that holds native memory which the method allocated; one at most.</summary>
    public IReadOnlyList<string> Allocated { get; } = allocated is { Count: 1 } ? allocated : [];

    public bool IsOther => isOther;

    /// <summary>It is the result of the raw call.</summary>
    public bool IsRawResult => isRawResult;

    public bool Agrees(ResultSummary other)
        => new HashSet<int>(parameters).SetEquals(other.Parameters) && new HashSet<string>(fields).SetEquals(other.Fields)
            && new HashSet<string>(taken).SetEquals(other.Taken) && new HashSet<int>(Slots).SetEquals(other.Slots)
            && new HashSet<string>(SlotsOfFields).SetEquals(other.SlotsOfFields)
        && Parts.Count == other.Parts.Count && Parts.All(part => other.Parts.TryGetValue(part.Key, out int ordinal) && ordinal == part.Value)
        && Allocated.SequenceEqual(other.Allocated)
        && (isFresh, isOther, isRawResult, isNewSource, isNewArray) == (other.IsFresh, other.IsOther, other.IsRawResult, other.IsNewSource, other.IsNewArray);
}
