namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>Which of the offered fixes is applied, and what is expected of it.</summary>
internal sealed record CodeFixTestOptions
{
    public static CodeFixTestOptions Default { get; } = new();

    public AnalyzerTestOptions Analyzer { get; init; } = AnalyzerTestOptions.Default;

    /// <summary>Takes the fix whose title contains this; the first one offered where <see langword="null"/>.</summary>
    public string? Title { get; init; }

    /// <summary>Where fixing all at once gives another text than fixing one at a time.</summary>
    public string? FixAllResult { get; init; }

    /// <summary>Allows the fixed source to still have diagnostics that the fix is for.</summary>
    public bool MayRemain { get; init; }
}
