using System.Diagnostics;
using System.Globalization;
using VmSplice.Benchmarks.Harness;

namespace VmSplice.Benchmarks.Suites;

/// <summary>What stands behind the suite on the command line.</summary>
/// <param name="Quick">Few rounds, short ones, and the cases that fit into a minute.</param>
/// <param name="Case">Only cases whose name contains it.</param>
/// <param name="Out">The folder of the page.</param>
/// <param name="Round">How long a round takes on either side, about; as the suite says where it is not given.</param>
internal sealed record SuiteOptions(bool Quick, string? Case, string Out, TimeSpan? Round = null)
{
    public const string Usage = "[--quick] [--case PART] [--round SECONDS] [--out FOLDER]";

    /// <summary>Gets how much work each measurement takes.</summary>
    public Effort Effort
    {
        get
        {
            Effort effort = Quick ? Effort.Quick : Effort.Whole;
            return Round is { } length ? effort with { Round = length } : effort;
        }
    }

    public static SuiteOptions Parse(ReadOnlySpan<string> arguments)
    {
        SuiteOptions options = new(Quick: false, Case: null, RatioFile.DefaultFolder);
        while (!arguments.IsEmpty)
        {
            (options, int used) = arguments switch
            {
                ["--quick", ..] => (options with { Quick = true }, 1),
                ["--case", var part, ..] => (options with { Case = part }, 2),
                ["--round", var seconds, ..] => (options with { Round = SecondsOf(seconds) }, 2),
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
        => $"dotnet run -c Release --project tests/VmSplice.Benchmarks -- {suite}{(Quick ? " --quick" : "")}{(Case is null ? "" : $" --case {Case}")}"
            + (Round is not { } length ? "" : string.Create(CultureInfo.InvariantCulture, $" --round {length.TotalSeconds}"));

    private static TimeSpan SecondsOf(string text)
        => double.TryParse(text, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 60
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentException($"'{text}' is no length of a round: seconds, above 0, at most 60.");
}
