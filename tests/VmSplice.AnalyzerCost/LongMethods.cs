namespace VmSplice.AnalyzerCost;

internal static class LongMethods
{
    public static bool Print(int rounds) => rounds > 0;
}
