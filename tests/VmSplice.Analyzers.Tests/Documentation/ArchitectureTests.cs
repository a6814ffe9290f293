using System.Text.RegularExpressions;
using Xunit;

namespace VmSplice.Analyzers.Tests.Documentation;

/// <summary>The architecture page names the folders that there are, all of them and no others.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string s_page = Path.Combine(Repository.Root, "docs", "architecture.md");

    /// <summary>The lines "<c>| `folder` | what it is |</c>" of the page.</summary>
    private static string[] Named { get; } =
        [.. File.ReadLines(s_page).Select(line => FolderRow().Match(line)).Where(row => row.Success).Select(row => row.Groups["folder"].Value)];

    public static TheoryData<string> Folders
        => [.. FoldersIn("").Where(top => top is "src" or "generator" or "analyzers" or "tests" or "samples").SelectMany(FoldersIn)
            .SelectMany(project => (string[])[project, .. SubfoldersOf(project)])];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_IsOnThePage(string folder) => Assert.Contains(folder, Named);

    [Fact]
    public void EveryFolderOnThePage_IsThere() => Assert.All(Named, folder => Assert.True(Directory.Exists(Path.Combine(Repository.Root, folder)), folder));

    [Fact]
    public void OneRecord_IsFollowedThroughTenFilesEachOnce()
    {
        Match[] rows = [.. File.ReadLines(s_page).Select(line => StepRow().Match(line)).Where(row => row.Success)];

        Assert.Equal(Enumerable.Range(1, rows.Length),
            rows.Select(row => int.Parse(row.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.InRange(rows.Length, 5, 10);
        Assert.Equal(rows.Length, rows.Select(row => row.Groups["file"].Value).Distinct().Count());
        Assert.All(rows, row =>
        {
            string text = File.ReadAllText(Path.Combine(Repository.Root, "src/VmSplice", row.Groups["file"].Value));
            Assert.All(Member().Matches(row.Groups["text"].Value), member => Assert.Matches($@"\b{member.Groups["name"].Value}\b", text));
        });
    }

    // Inside tests and samples the folders mirror what is tested.
    private static IEnumerable<string> SubfoldersOf(string project)
        => project.StartsWith("tests/", StringComparison.Ordinal) || project.StartsWith("samples/", StringComparison.Ordinal) ? [] : FoldersIn(project);

    private static IEnumerable<string> FoldersIn(string folder)
        => Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder))
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => Path.GetFileName(path) is not ("bin" or "obj")
                && Directory.EnumerateFiles(Path.Combine(Repository.Root, path), "*.*", SearchOption.AllDirectories).Any(IsSource));

    private static bool IsSource(string file) => !BuildOutput().IsMatch(file);

    [GeneratedRegex(@"^\| `(?<folder>[\w./-]+)` \|")]
    private static partial Regex FolderRow();

    /// <summary>The lines "<c>| 1 | `file` | what to read there |</c>".</summary>
    [GeneratedRegex(@"^\| (?<number>\d+) \| `(?<file>[\w./]+\.cs)` \| (?<text>.*) \|$")]
    private static partial Regex StepRow();

    [GeneratedRegex("`(?<name>[A-Za-z]+)`")]
    private static partial Regex Member();

    [GeneratedRegex(@"/(bin|obj)/")]
    private static partial Regex BuildOutput();
}
