namespace VmSplice.Benchmarks.Harness;

/// <summary>A comparison whose processes may have little memory.</summary>
/// <param name="Within">The comparison; its processes enter the group by <see cref="MemoryLimit.Around"/>.</param>
internal sealed record InMemoryLimit(Comparison Within) : IMeasurement
{
    public string Case => Within.Case;

    public IReadOnlyList<string> Columns => Within.Columns;

    public Outcome Measure(Effort effort)
    {
        using (MemoryLimit.Begin())
        {
            return Within.Measure(effort);
        }
    }
}
