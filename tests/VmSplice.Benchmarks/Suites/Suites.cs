using System.Globalization;
using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>The suites by their names on the command line.</summary>
internal static class Suites
{
    private static readonly (string Name, Func<bool, string?, Report> Run)[] s_all =
    [
        (TransportSuite.Name, SuiteRunner.Run<TransportSuite>),
        (RecordsSuite.Name, SuiteRunner.Run<RecordsSuite>),
    ];

    public static int Run(string[] args)
    {
        string names = string.Join('|', s_all.Select(static suite => suite.Name));
        bool quick = args.Contains("--quick");
        int filterAt = Array.IndexOf(args, "--case");
        string? filter = filterAt > 0 && filterAt + 1 < args.Length ? args[filterAt + 1] : null;
        var chosen = s_all.Where(suite => args[0] == "all" || args[0] == suite.Name).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"'{args[0]}' is no suite. Usage: {names}|all [--quick] [--case PART]");
            return 2;
        }

        Console.WriteLine(Machine.Description);
        List<string> pages = [];
        foreach ((_, Func<bool, string?, Report> run) in chosen)
        {
            pages.Add(run(quick, filter).ToMarkdown());
        }

        string file = Path.Combine(Environment.CurrentDirectory, "performance.md");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{Machine.Description}\n\n{string.Join('\n', pages)}"));
        Console.WriteLine($"The tables as Markdown: {file}");
        return 0;
    }
}
