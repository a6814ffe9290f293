namespace VmSplice.AnalyzerCost;

/// <summary>Whether twice as many methods take twice as long.</summary>
internal static class Growth
{
    public static bool Print(int rounds)
    {
        Console.WriteLine("growth: time in our analyzers for each method that sends, in many ways, by the compiler's telemetry");
        double first = 0;
        double last = 0;
        foreach (int methods in (int[])[1_000, 2_000, 4_000, 8_000, 16_000])
        {
            var project = new Measured(GeneratedProject.MethodsInManyWays(methods));
            project.Telemetry(Measured.Ours);

            // The noise of one run is the same for each size: the small ones are run more often.
            int runs = Math.Max(3 * rounds, rounds * 8_000 / methods);
            var added = new Spread(
                Enumerable.Range(0, runs).Select(_ => project.Telemetry(Measured.Ours).Values.Sum(one => one.Milliseconds) * 1000 / methods).ToArray());
            last = added.Median;
            first = first == 0 ? last : first;
            Console.WriteLine($"  {methods,6:N0} methods: {added.ToString("µs each")}");
        }

        return Verdict.AtMost(1.5, last / first, "  16,000 methods against 1,000, each (1 is linear)", "times");
    }
}
