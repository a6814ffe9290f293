using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>Comparisons that belong together.</summary>
internal interface ISuite
{
    /// <summary>Gets the word on the command line.</summary>
    static abstract string Name { get; }

    /// <summary>Lists what is compared.</summary>
    /// <param name="quick">Whether a minute must do.</param>
    static abstract IEnumerable<Comparison> Comparisons(bool quick);
}
