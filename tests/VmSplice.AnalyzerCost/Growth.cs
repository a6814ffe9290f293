namespace VmSplice.AnalyzerCost;

internal static class Growth
{
    public static bool Print(int rounds) => rounds > 0;
}
