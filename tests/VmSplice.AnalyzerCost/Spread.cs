namespace VmSplice.AnalyzerCost;

/// <summary>What some rounds came to: the middle, and how far the middle half of them reaches.</summary>
internal readonly struct Spread
{
    private readonly double[] _sorted;

    public Spread(IEnumerable<double> rounds) => _sorted = [.. rounds.Order()];

    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    public string ToString(string unit)
        => $"{Median:F2} {unit} (quartiles {_sorted[_sorted.Length / 4]:F2} to {_sorted[_sorted.Length - 1 - (_sorted.Length / 4)]:F2})";
}
