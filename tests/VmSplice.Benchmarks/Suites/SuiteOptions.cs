using System.Diagnostics;

namespace VmSplice.Benchmarks.Suites;

/// <summary>What stands behind the suite on the command line.</summary>
/// <param name="Quick">Few rounds, short ones, and the cases that fit into a minute.</param>
/// <param name="Case">Only cases whose name contains it.</param>
/// <param name="Out">The folder of the page.</param>
internal sealed record SuiteOptions(bool Quick, string? Case, string Out)
{
    public const string Usage = "[--quick] [--case PART] [--out FOLDER]";

    public static SuiteOptions Parse(ReadOnlySpan<string> arguments)
    {
        SuiteOptions options = new(Quick: false, Case: null, RatioFile.DefaultFolder);
        while (!arguments.IsEmpty)
        {
            (options, int used) = arguments switch
            {
                ["--quick", ..] => (options with { Quick = true }, 1),
                ["--case", var part, ..] => (options with { Case = part }, 2),
                ["--out", var folder, ..] => (options with { Out = Path.GetFullPath(folder) }, 2),
                [var word, ..] => throw new ArgumentException($"'{word}' is no option. Options: {Usage}"),
                [] => throw new UnreachableException(),
            };
            arguments = arguments[used..];
        }

        return options;
    }

    /// <summary>The command that does the same again.</summary>
    public string Command(string suite)
        => $"dotnet run -c Release --project tests/VmSplice.Benchmarks -- {suite}{(Quick ? " --quick" : "")}{(Case is null ? "" : $" --case {Case}")}";
}
