using System.Globalization;
using Spectre.Console;

namespace VmSplice.Benchmarks.Harness;

/// <summary>What a suite prints: tables to read, and a line <c>ratio suite/case value</c> for each comparison.</summary>
internal sealed class Report(string suite, string about)
{
    private readonly List<ReportTable> _tables = [];
    private readonly List<Ratio> _drawn = [];
    private readonly List<string> _lines = [];
    private readonly List<string> _leftOut = [];

    /// <summary>Gets the name of the suite.</summary>
    public string Suite => suite;

    /// <summary>Gets the lines that a program reads: <c>ratio …</c> and <c>allocated …</c>.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Gets the ratios that are drawn: the first of each measurement.</summary>
    public IReadOnlyList<Ratio> Drawn => _drawn;

    public void Add(IMeasurement measurement, Outcome outcome)
    {
        if (_tables.Count == 0 || !_tables[^1].Columns.SequenceEqual(measurement.Columns))
        {
            _tables.Add(new ReportTable(measurement.Columns));
        }

        _tables[^1].Rows.AddRange(outcome.Rows);
        _drawn.Add(outcome.Ratios[0]);
        foreach (Ratio ratio in outcome.Ratios)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"ratio {suite}/{ratio.Name} {ratio.Value:F2}"));
        }

        if (outcome.AllocatedPerGibibyte is { } bytes)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"allocated {suite}/{measurement.Case} {bytes:F0}"));
        }
    }

    /// <summary>Says what could not be measured, so that a gap is seen.</summary>
    public void LeaveOut(string what) => _leftOut.Add(what);

    public void Print()
    {
        // A file has no width of its own, and a row that is folded cannot be read.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 190);
        foreach (ReportTable one in _tables)
        {
            Table table = new Table().Title(suite).Border(TableBorder.Simple);
            foreach (string column in one.Columns)
            {
                table.AddColumn(Markup.Escape(column));
            }

            foreach (string[] row in one.Rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            AnsiConsole.Write(table);
        }

        _leftOut.ForEach(static line => Console.WriteLine($"left out: {line}"));
        _lines.ForEach(Console.WriteLine);
    }

    /// <summary>The tables as Markdown, with where and how they were measured.</summary>
    public string ToMarkdown(string command)
    {
        string tables = string.Join("\n", _tables.Select(static table => table.ToMarkdown()));
        string leftOut = string.Concat(_leftOut.Select(static line => $"\nLeft out: {line}\n"));
        return $"""
            {about}

            {Machine.Description}. Command: `{command}`.

            ![Ratios of {suite}; above 1 we are faster](images/performance-{suite}.svg)

            {tables}{leftOut}
            """;
    }
}
