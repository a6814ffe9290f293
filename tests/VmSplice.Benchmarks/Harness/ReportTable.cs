namespace VmSplice.Benchmarks.Harness;

internal sealed record ReportTable(IReadOnlyList<string> Columns)
{
    public List<string[]> Rows { get; } = [];

    public string ToMarkdown() => $"""
        {Line(Columns)}
        |{string.Concat(Columns.Select(static (_, index) => index < 2 ? "---|" : "--:|"))}
        {string.Join('\n', Rows.Select(Line))}

        """;

    private static string Line(IEnumerable<string> cells)
        => $"| {string.Join(" | ", cells.Select(static cell => cell.Replace("|", @"\|", StringComparison.Ordinal)))} |";
}
