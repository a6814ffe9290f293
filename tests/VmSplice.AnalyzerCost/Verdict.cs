namespace VmSplice.AnalyzerCost;

/// <summary>A figure against its bound.</summary>
internal static class Verdict
{
    public static bool AtMost(double limit, double value, string what, string unit)
    {
        Console.WriteLine($"{what}: {value:F2} {unit}, at most {limit} {(value <= limit ? "(kept)" : "(MISSED)")}");
        return value <= limit;
    }

    public static bool Holds(bool truth, string what)
    {
        Console.WriteLine($"{what} {(truth ? "(kept)" : "(MISSED)")}");
        return truth;
    }
}
