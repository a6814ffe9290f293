using System.Globalization;

namespace VmSplice.Benchmarks.Harness;

/// <summary>Numbers as text for a table, the same everywhere.</summary>
internal static class Cell
{
    public static string Number(double value, int decimals)
        => value.ToString(string.Create(CultureInfo.InvariantCulture, $"F{decimals}"), CultureInfo.InvariantCulture);

    public static string Bytes(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The median of a comparison, and between which values it lies.</summary>
    public static string Spread(IEnumerable<double> ratios)
    {
        double[] all = [.. ratios];
        return string.Create(CultureInfo.InvariantCulture, $"{all.Median():F2} ({all.Min():F2}–{all.Max():F2})");
    }
}
