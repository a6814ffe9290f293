namespace VmSplice.AnalyzerCost;

/// <summary>What some rounds came to: the middle, and how far the middle half of them reaches.</summary>
internal readonly struct Spread
{
    private readonly double[] sorted;

    public Spread(IEnumerable<double> rounds) => sorted = [.. rounds.Order()];

    public double Median => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    public string ToString(string unit) => $"{Median:F2} {unit} (quartiles {sorted[sorted.Length / 4]:F2} to {sorted[sorted.Length - 1 - (sorted.Length / 4)]:F2})";
}
