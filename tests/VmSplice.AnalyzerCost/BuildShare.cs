using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace VmSplice.AnalyzerCost;

/// <summary>What the analyzers add to a build of some size, in percent of the build.</summary>
internal static class BuildShare
{
    /// <summary>Every project of the SDK has analyzers: what the compiler spends on having any is not ours.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> IdleAndOurs { get; } = [.. AnalyzerSets.Idle, .. AnalyzerSets.Ours];

    /// <summary>
    /// Analyzers that ask for nothing once they saw the compilation cost what is spent in them until then, which the
    /// compiler's telemetry gives exactly; the difference of two builds would drown in noise.
    /// </summary>
    public static bool Unused(int rounds, int lines)
    {
        var project = new Measured(GeneratedProject.Unused(lines));
        Console.WriteLine($"runtime referenced, not used ({project.Lines:N0} lines)");
        project.Build();
        project.Telemetry(IdleAndOurs);
        List<double> shares = [];
        List<double> builds = [];
        bool asleep = true;
        for (int round = 0; round < rounds; round++)
        {
            builds.Add(project.Build());
            var telemetry = project.Telemetry(IdleAndOurs);
            asleep &= !telemetry.Values.Any(one => one.Registered);
            shares.Add(telemetry.Values.Sum(one => one.Milliseconds) / builds[^1] * 100);
        }

        Console.WriteLine($"  build without analyzers (parse, bind, emit), processor time: {new Spread(builds).ToString("ms")}");
        Console.WriteLine($"  time in our analyzers, by the compiler's telemetry: {new Spread(shares).ToString("% of the build")}");
        return Verdict.Holds(asleep, "  none of them registers an action, so the compiler does nothing more for them")
            & Verdict.AtMost(1, new Spread(shares).Median, "  unused", "%");
    }

    /// <summary>Processor time with and without them, in pairs, and what is spent where.</summary>
    public static bool Sending(int rounds, int lines)
    {
        var project = new Measured(GeneratedProject.Sending(lines));
        Console.WriteLine($"every method sends ({project.Lines:N0} lines)");
        project.Build();
        project.Analyze(IdleAndOurs);
        List<(double Build, double Idle, double Bound, double Ours)> times = [];
        for (int round = 0; round < rounds; round++)
        {
            times.Add((project.Build(), project.Analyze(AnalyzerSets.Idle), project.Analyze(AnalyzerSets.Binding), project.Analyze(IdleAndOurs)));
        }

        Console.WriteLine($"  build without analyzers (parse, bind, emit), processor time: {new Spread(times.Select(time => time.Build)).ToString("ms")}");
        Console.WriteLine($"  parse and bind, with an idle analyzer:                       {new Spread(times.Select(time => time.Idle)).ToString("ms")}");
        Console.WriteLine($"  the same, with one that is shown every body and its graph:   {new Spread(times.Select(time => time.Bound)).ToString("ms")}");
        Console.WriteLine($"  the same, with ours:                                         {new Spread(times.Select(time => time.Ours)).ToString("ms")}");
        foreach ((DiagnosticAnalyzer analyzer, AnalyzerTelemetry one) in project.Telemetry(IdleAndOurs))
        {
            Console.WriteLine($"    in {analyzer.GetType().Name}: {one.Milliseconds:F0} ms{(one.Registered ? "" : ", asleep")}");
        }

        Console.WriteLine($"  of that, being shown every body: {new Spread(times.Select(time => (time.Bound - time.Idle) / time.Build * 100)).ToString("% of the build")}");
        var added = new Spread(times.Select(time => (time.Ours - time.Idle) / time.Build * 100));
        Console.WriteLine($"  added by ours: {added.ToString("% of the build")}");
        return Verdict.AtMost(15, added.Median, "  sending", "%");
    }
}
