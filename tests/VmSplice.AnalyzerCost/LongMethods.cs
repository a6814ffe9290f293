namespace VmSplice.AnalyzerCost;

/// <summary>The pathological method: 5,000 lines in one body, of one shape each.</summary>
internal static class LongMethods
{
    private const int Lines = 5_000;

    public static bool Print(int rounds)
    {
        Console.WriteLine($"one method of {Lines:N0} lines: time in our analyzers, by the compiler's telemetry");
        bool good = true;
        foreach ((string name, string pattern) in GeneratedProject.Shapes)
        {
            var project = new Measured(GeneratedProject.OneMethod(Lines, pattern));
            project.Telemetry(Measured.Ours);
            List<double> times = [];
            for (int round = 0; round < rounds; round++)
            {
                times.Add(project.Telemetry(Measured.Ours).Values.Sum(one => one.Milliseconds));
            }

            string end = project.GaveUp(Measured.Ours) is { } reason ? $", gave up: {reason}" : "";
            Console.WriteLine($"  {name}: {new Spread(times).ToString("ms")}{end}");
            good &= Verdict.AtMost(1000, new Spread(times).Median, $"  {name}", "ms");
        }

        return good;
    }
}
