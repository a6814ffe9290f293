using System.Globalization;
using Spectre.Console;

namespace VmSplice.Benchmarks.Harness;

/// <summary>What a suite prints: a table to read, and a line <c>ratio suite/case value</c> for each comparison.</summary>
internal sealed class Report(string suite)
{
    private readonly List<string> _ratios = [];
    private readonly List<string> _rows = [];

    /// <summary>Gets the rows of the Markdown table.</summary>
    public IReadOnlyList<string> Rows => _rows;

    public void Add(Measured measured)
    {
        AddRow(measured.Comparison.Ours, measured.Comparison.Case, measured.Ours, measured.OurCalls, measured.Ratio);
        AddRow(measured.Comparison.Theirs, "", measured.Theirs, measured.TheirCalls, null);
        AddRatio(measured.Comparison.Case, measured.Ratio);
        AddRatio($"{measured.Comparison.Case}/processor", measured.ProcessorRatio);
        if (measured is { OurCalls: { } ours, TheirCalls: { } theirs } && ours > 0)
        {
            AddRatio($"{measured.Comparison.Case}/calls", theirs / ours);
        }
    }

    /// <summary>Adds a ratio that has no table row of its own.</summary>
    public void AddRatio(string name, double value)
        => _ratios.Add(string.Create(CultureInfo.InvariantCulture, $"ratio {suite}/{name} {value:F2}"));

    public void AddLine(string row) => _rows.Add(row);

    public void Print()
    {
        // A file has no width of its own, and a row that is folded cannot be read.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 170);
        Table table = new Table().Title(suite).Border(TableBorder.Simple);
        foreach (string column in Columns)
        {
            table.AddColumn(column);
        }

        foreach (string row in _rows)
        {
            table.AddRow([.. row.Split('|', StringSplitOptions.TrimEntries)[1..^1].Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        foreach (string ratio in _ratios)
        {
            Console.WriteLine(ratio);
        }
    }

    public string ToMarkdown() => $"""
        ## {suite}

        | {string.Join(" | ", Columns)} |
        |{string.Concat(Columns.Select(static _ => "---|"))}
        {string.Join('\n', _rows)}

        """;

    private static readonly string[] Columns = ["case", "way", "GiB/s", "CPU s/GiB writer", "reader", "calls/GiB", "allocated", "ratio"];

    private void AddRow(Side side, string name, IReadOnlyList<Round> rounds, double? calls, double? ratio)
        => _rows.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {side.Name} | {Measured.Median(rounds.Select(static r => r.GibibytesPerSecond)):F2} | {Measured.Median(rounds.Select(static r => r.WriterSecondsPerGibibyte)):F3} | {Measured.Median(rounds.Select(static r => r.ReaderSecondsPerGibibyte)):F3} | {(calls is { } c ? c.ToString("F0", CultureInfo.InvariantCulture) : "–")} | {Measured.Median(rounds.Select(static r => (double)r.AllocatedBytes)):F0} | {(ratio is { } value ? value.ToString("F2", CultureInfo.InvariantCulture) : "")} |"));
}
