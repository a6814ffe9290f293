namespace VmSplice.Benchmarks.Harness;

internal static class Statistics
{
    public static double Median(this IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static double MedianOf(this IEnumerable<Round> rounds, Func<Round, double> value) => rounds.Select(value).Median();
}
