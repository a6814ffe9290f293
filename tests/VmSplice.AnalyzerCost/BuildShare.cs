using Microsoft.CodeAnalysis.Diagnostics;

namespace VmSplice.AnalyzerCost;

/// <summary>What the package adds to the build of a project, in percent of it.</summary>
internal static class BuildShare
{
    /// <summary>
    /// Analyzers that ask for nothing once they saw the compilation cost what is spent in them until then, which the compiler's
    /// telemetry gives exactly; the difference of two builds drowns in noise, and is printed beside.
    /// </summary>
    public static bool Unused(int rounds, int lines)
    {
        List<string> files = GeneratedProject.Unused(lines);
        var project = new Measured(files);
        Console.WriteLine($"runtime referenced, not used ({project.Lines:N0} lines)");
        project.Build();
        project.Telemetry(Measured.Ours);
        List<double> shares = [];
        bool asleep = true;
        for (int round = 0; round < rounds; round++)
        {
            double build = project.Build();
            IReadOnlyDictionary<DiagnosticAnalyzer, AnalyzerTelemetry> telemetry = project.Telemetry(Measured.Ours);
            asleep &= !telemetry.Values.Any(one => one.Registered);
            shares.Add(telemetry.Values.Sum(one => one.Milliseconds) / build * 100);
        }

        Console.WriteLine($"  time in our analyzers, by the compiler's telemetry: {new Spread(shares).ToString("% of parsing, binding and emitting")}");
        Compare(rounds, files);
        return Verdict.Holds(asleep, "  none of them registers an action, so the compiler does nothing more for them")
            & Verdict.AtMost(1, new Spread(shares).Median, "  unused", "%");
    }

    public static bool Sending(int rounds, int lines) => InUse(rounds, "every method sends", GeneratedProject.Sending(lines));

    public static bool SendingInManyWays(int rounds, int lines) => InUse(rounds, "every method sends, in many ways", GeneratedProject.SendingInManyWays(lines));

    public static bool SendingSometimes(int rounds, int lines) => InUse(rounds, "one method in twenty sends", GeneratedProject.SendingSometimes(lines));

    private static bool InUse(int rounds, string what, List<string> files)
    {
        var project = new Measured(files);
        Console.WriteLine($"{what} ({project.Lines:N0} lines)");
        double added = Compare(rounds, files);
        project.Telemetry(Measured.Ours);
        foreach ((DiagnosticAnalyzer analyzer, AnalyzerTelemetry one) in project.Telemetry(Measured.Ours).Where(pair => pair.Value.Registered))
        {
            Console.WriteLine($"    in {analyzer.GetType().Name}, warm: {one.Milliseconds:F0} ms");
        }

        return Verdict.AtMost(7, added, $"  {what}", "%");
    }

    /// <summary>Pairs of compilations, without and with ours, each first in turn; the median of the processor time that ours add.</summary>
    private static double Compare(int rounds, List<string> files)
    {
        using var project = new SdkProject(files);
        project.Compile(withOurs: true);
        List<(CompilerRun Without, CompilerRun With)> pairs = [];
        for (int round = 0; round < rounds; round++)
        {
            bool oursFirst = round % 2 == 1;
            CompilerRun first = project.Compile(oursFirst);
            CompilerRun second = project.Compile(!oursFirst);
            pairs.Add(oursFirst ? (second, first) : (first, second));
        }

        Console.WriteLine($"  the SDK's compiler, without ours: {Seconds(pairs, pair => pair.Without.Wall)} on the clock, "
            + $"{Seconds(pairs, pair => pair.Without.Processor)} of the processors");
        Console.WriteLine($"  the same, with ours:              {Seconds(pairs, pair => pair.With.Wall)} on the clock, "
            + $"{Seconds(pairs, pair => pair.With.Processor)} of the processors");
        Spread added = Added(pairs, run => run.Processor);
        Console.WriteLine($"  added on the clock: {Added(pairs, run => run.Wall).ToString("%")}; of the processors: {added.ToString("%")}");
        return added.Median;
    }

    private static string Seconds(List<(CompilerRun Without, CompilerRun With)> pairs, Func<(CompilerRun Without, CompilerRun With), TimeSpan> part)
        => new Spread(pairs.Select(pair => part(pair).TotalSeconds)).ToString("s");

    private static Spread Added(List<(CompilerRun Without, CompilerRun With)> pairs, Func<CompilerRun, TimeSpan> part)
        => new(pairs.Select(pair => (part(pair.With) / part(pair.Without) - 1) * 100));
}
