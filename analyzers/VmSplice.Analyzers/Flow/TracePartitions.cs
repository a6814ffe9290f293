namespace VmSplice.Analyzers.Flow;

/// <summary>One state for each way in which the guards came out on the way here.</summary>
internal sealed class TracePartitions<TState> where TState : class
{
    /// <summary>The key has a digit to base three for each guard: open, true, false.</summary>
    public Dictionary<int, TState> States { get; set; } = [];
}
