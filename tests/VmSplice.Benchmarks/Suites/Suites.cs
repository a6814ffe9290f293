using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>The suites by their names on the command line.</summary>
internal static class Suites
{
    private static readonly (string Name, Func<SuiteOptions, Report> Run)[] s_all =
    [
        (TransportSuite.Name, SuiteRunner.Run<TransportSuite>),
        (RecordsSuite.Name, SuiteRunner.Run<RecordsSuite>),
        (InPlaceSuite.Name, SuiteRunner.Run<InPlaceSuite>),
        (BroadcastSuite.Name, SuiteRunner.Run<BroadcastSuite>),
        (LatencySuite.Name, SuiteRunner.Run<LatencySuite>),
        (ModesSuite.Name, SuiteRunner.Run<ModesSuite>),
        (PeersSuite.Name, SuiteRunner.Run<PeersSuite>),
        (TextSuite.Name, SuiteRunner.Run<TextSuite>),
        (CompileSuite.Name, SuiteRunner.Run<CompileSuite>),
    ];

    /// <summary>Runs one suite, or all; then <c>all</c> checks what must be reached.</summary>
    /// <returns>The exit code: 1 where a line is missed, 2 where the command line is wrong.</returns>
    public static int Run(string name, string[] arguments)
    {
        var chosen = s_all.Where(suite => name == "all" || name == suite.Name).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"'{name}' is no suite. Usage: {string.Join('|', s_all.Select(static suite => suite.Name))}|all {SuiteOptions.Usage}, "
                + "or check [FILE]");
            return 2;
        }

        SuiteOptions options;
        try
        {
            options = SuiteOptions.Parse(arguments);
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 2;
        }

        Console.WriteLine(Machine.Description);
        foreach ((string suite, Func<SuiteOptions, Report> run) in chosen)
        {
            Report report = run(options);
            string page = PerformancePage.Write(options.Out, report, options.Command(suite));
            RatioFile.Write(options.Out, report, isPart: options.Case is not null);
            Console.WriteLine($"The tables and the plot: {page}");
        }

        string ratios = RatioFile.In(options.Out);
        Console.WriteLine($"The ratios: {ratios}");
        return name == "all" ? MustReach.Check(ratios) : 0;
    }
}
