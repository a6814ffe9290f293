using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>Measurements that belong together.</summary>
internal interface ISuite
{
    /// <summary>Gets the word on the command line.</summary>
    static abstract string Name { get; }

    /// <summary>Gets what is compared with what, in a sentence for the page.</summary>
    static abstract string About { get; }

    /// <summary>Lists what is measured.</summary>
    /// <param name="quick">Whether a minute must do.</param>
    static abstract IEnumerable<IMeasurement> Measurements(bool quick);
}
