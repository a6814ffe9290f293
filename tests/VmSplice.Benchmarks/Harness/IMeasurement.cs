namespace VmSplice.Benchmarks.Harness;

/// <summary>One row or two of a table, and the ratios that come of them.</summary>
internal interface IMeasurement
{
    /// <summary>Gets what it is called behind the suite: <c>ratio suite/case value</c>.</summary>
    string Case { get; }

    /// <summary>Gets the headings of its table; those that follow each other with the same headings share a table.</summary>
    IReadOnlyList<string> Columns { get; }

    Outcome Measure(Effort effort);
}

/// <summary>What a measurement came to.</summary>
/// <param name="Rows">Cells for the columns; ours first.</param>
/// <param name="Ratios">The ratios, the first of which is drawn.</param>
internal sealed record Outcome(IReadOnlyList<string[]> Rows, IReadOnlyList<Ratio> Ratios)
{
    /// <summary>Gets the managed bytes that we allocate for a GiB, where nothing is promised for a record, batch or message.</summary>
    public double? AllocatedPerGibibyte { get; init; }
}

/// <summary>Above 1: we are faster, or need less.</summary>
/// <param name="Name">The case, and what of it.</param>
/// <param name="Value">The ratio.</param>
internal readonly record struct Ratio(string Name, double Value);
