namespace VmSplice.Benchmarks.Harness;

/// <summary>What a comparison came to: rounds of both sides, in turn.</summary>
/// <param name="Comparison">What was compared.</param>
/// <param name="Ours">Our rounds.</param>
/// <param name="Theirs">The other side's rounds, each taken right after ours or right before.</param>
internal sealed record Measured(Comparison Comparison, IReadOnlyList<Round> Ours, IReadOnlyList<Round> Theirs)
{
    /// <summary>Gets the median of the pairs' ratios: noise that lasts longer than a pair meets both sides.</summary>
    public double Ratio => Median(Ours.Zip(Theirs, static (ours, theirs) => ours.GibibytesPerSecond / theirs.GibibytesPerSecond));

    /// <summary>Gets the ratio of processor seconds, both sides together: above 1 where we take less.</summary>
    public double ProcessorRatio => Median(Ours.Zip(Theirs, static (ours, theirs) =>
        (theirs.WriterSecondsPerGibibyte + theirs.ReaderSecondsPerGibibyte) / (ours.WriterSecondsPerGibibyte + ours.ReaderSecondsPerGibibyte)));

    /// <summary>Gets the system calls for a GiB, where strace(1) could count them.</summary>
    public double? OurCalls { get; init; }

    /// <inheritdoc cref="OurCalls"/>
    public double? TheirCalls { get; init; }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
