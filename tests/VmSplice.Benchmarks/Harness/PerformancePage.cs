namespace VmSplice.Benchmarks.Harness;

/// <summary>
/// performance.md: what people wrote stays; what a suite measured is put between two marks, <c>&lt;!-- suite NAME --&gt;</c> and
/// <c>&lt;!-- end of NAME --&gt;</c>. A page or a mark that is missing is made.
/// </summary>
internal static class PerformancePage
{
    public static string Write(string folder, Report report, string command)
    {
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        string file = Path.Combine(folder, "performance.md");
        string page = File.Exists(file) ? File.ReadAllText(file) : "# Performance\n";
        File.WriteAllText(file, Replace(page, report.Suite, report.ToMarkdown(command)));
        RatioPlot.Draw(report, Path.Combine(folder, "images", $"performance-{report.Suite}.svg"));
        return file;
    }

    internal static string Replace(string page, string suite, string figures)
    {
        string begin = $"<!-- suite {suite} -->";
        string end = $"<!-- end of {suite} -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        int to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            page = $"{page.TrimEnd()}\n\n## {suite}\n\n{begin}\n{end}\n";
            from = page.IndexOf(begin, StringComparison.Ordinal);
            to = page.IndexOf(end, StringComparison.Ordinal);
        }

        return $"{page[..from]}{begin}\n{figures.Trim()}\n\n{page[to..]}";
    }
}
