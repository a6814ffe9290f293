using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Compiling;

/// <summary>What the rules add to a build, as tests/VmSplice.AnalyzerCost measures it: the build without them against the build with them.</summary>
/// <param name="Part">The project that is built: a part of that program.</param>
/// <param name="Lines">How many lines it has.</param>
internal sealed partial record RulesShare(string Part, int Lines) : IMeasurement
{
    private static readonly string[] s_columns = ["case", "of the build, in percent", "ratio"];

    public string Case => $"rules/{Part}";

    public IReadOnlyList<string> Columns => s_columns;

    public Outcome Measure(Effort effort)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "VmSplice.AnalyzerCost.dll");
        var start = new ProcessStartInfo("dotnet",
            [program, effort.Pairs.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{Part}={Lines}")])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        // Exit code 1 says that a bound of that program is missed; what it measured stands there all the same.
        Match share = ShareLine().Match(output);
        double percent = share.Success
            ? double.Parse(share.Groups["percent"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"VmSplice.AnalyzerCost says no share:\n{output}");
        double ratio = 1 / (1 + (percent / 100));
        return new Outcome([[Case, Cell.Number(percent, 2), Cell.Number(ratio, 3)]], [new(Case, ratio)]);
    }

    [GeneratedRegex(@"added on the clock: .*; of the processors: (?<percent>-?[\d.]+)")]
    private static partial Regex ShareLine();
}
