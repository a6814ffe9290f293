using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Tests.Documentation;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests;

/// <summary>
/// Walks every rule of every analyzer in the package: none may lack its page, help link, release line or tests, and the
/// pages, the release files and the fixes may not know a rule that does not exist.
/// </summary>
public sealed partial class RuleCatalogueTests
{
    private static readonly string s_root = Repository.Root;

    private static readonly DiagnosticDescriptor[] s_rules =
        [.. PackageAnalyzers.All
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Distinct()
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static readonly HashSet<string> s_fixable =
        [.. PackageAnalyzers.Fixes.SelectMany(fix => fix.FixableDiagnosticIds)];

    public static TheoryData<string> Ids => [.. s_rules.Select(rule => rule.Id).Distinct()];

    [Fact]
    public void Rules_AreFoundAndEachIdHasOneDescriptor()
    {
        Assert.NotEmpty(s_rules);
        Assert.Empty(s_rules.GroupBy(rule => rule.Id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasIdOfPackageAndHelpLink(string id)
    {
        Assert.Matches("^VMS[0-9]{4}$", id);
        Assert.Equal($"https://github.com/vmsplice/VmSplice.Generators/blob/main/docs/rules/{id}.md", Rule(id).HelpLinkUri);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasTitleMessageAndDescription(string id)
    {
        Assert.NotEmpty(Rule(id).Title.ToString(CultureInfo.InvariantCulture));
        Assert.NotEmpty(Rule(id).MessageFormat.ToString(CultureInfo.InvariantCulture));
        Assert.NotEmpty(Rule(id).Description.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasPageWithItsTitleSeverityAndFix(string id)
    {
        string path = Path.Combine(s_root, "docs", "rules", id + ".md");
        Assert.True(File.Exists(path), $"docs/rules/{id}.md is missing.");
        string[] lines = [.. File.ReadAllLines(path).Where(line => line.Length > 0)];
        DiagnosticDescriptor rule = Rule(id);
        Assert.Equal($"# {id}: {rule.Title.ToString(CultureInfo.InvariantCulture)}", lines[0].Replace("`", "", StringComparison.Ordinal));
        Assert.Contains(rule.Category, lines[1], StringComparison.Ordinal);
        Assert.Contains(rule.DefaultSeverity.ToString(), lines[1], StringComparison.OrdinalIgnoreCase);
        string fix = FixOnPage().Match(lines[1]).Groups[1].Value;
        Assert.Equal(s_fixable.Contains(id) ? "yes" : "no", fix, ignoreCase: true);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_PageHasEverySection(string id)
    {
        string page = File.ReadAllText(Path.Combine(s_root, "docs", "rules", id + ".md"));
        Assert.All(
            ["Bad", "Good", "Why", "Configuration", "What it does not see"],
            section => Assert.Contains($"\n## {section}\n", page.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        Assert.True(page.Contains($"```csharp bad {id}", StringComparison.Ordinal) || id is "VMS1010" or "VMS1013" or "VMS9999", "There is no bad example.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasReleaseLineOfItsCategoryAndSeverity(string id)
    {
        DiagnosticDescriptor rule = Rule(id);
        string severity = rule.DefaultSeverity == DiagnosticSeverity.Hidden ? "Hidden" : rule.DefaultSeverity.ToString();
        Assert.Matches(
            $@"(?m)^{id} *\| *{Regex.Escape(rule.Category)} *\| *{severity} *\|",
            Releases());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasTests(string id)
    {
        Assert.Contains(TestFiles(), file => File.ReadAllText(file) is string text && text.Contains(id, StringComparison.Ordinal)
            && (text.Contains("[Fact]", StringComparison.Ordinal) || text.Contains("[Theory]", StringComparison.Ordinal)));
    }

    /// <summary>The rules whose mistakes have one way out that is right whatever the code around it means.</summary>
    private static readonly string[] s_mustBeFixable =
    [
        "VMS1001", "VMS1003", "VMS1004", "VMS1005", "VMS1006", "VMS1008", "VMS1012", "VMS1013", "VMS2005", "VMS2006", "VMS2007", "VMS2009", "VMS2010",
        "VMS2013", "VMS2014", "VMS2015", "VMS2016",
        "VMS3001", "VMS3002", "VMS3004", "VMS3005", "VMS4001", "VMS4002", "VMS4005", "VMS4007", "VMS4008", "VMS4009",
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasFixWhereThereIsOneRightWayOut(string id) => Assert.Equal(s_mustBeFixable.Contains(id), s_fixable.Contains(id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_HasRowInTheCatalogue(string id)
    {
        DiagnosticDescriptor rule = Rule(id);
        string row = $"| [{id}]({id}.md) | {rule.Title.ToString(CultureInfo.InvariantCulture)} | {rule.DefaultSeverity.ToString().ToLowerInvariant()} | "
            + $"{(s_fixable.Contains(id) ? "✎" : "")} |";
        Assert.Contains(row,
            File.ReadAllLines(Path.Combine(s_root, "docs", "rules", "README.md")).Select(line => line.Replace("`", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Fixes_AllHaveTests()
    {
        string tests = string.Concat(TestFiles().Select(File.ReadAllText));
        Assert.All(PackageAnalyzers.Fixes, fix => Assert.Contains($"{fix.GetType().Name}>", tests, StringComparison.Ordinal));
    }

    [Fact]
    public void PagesAndReleaseLines_NameNoRuleThatDoesNotExist()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(s_root, "docs", "rules"), "VMS*.md")
            .Select(file => Path.GetFileNameWithoutExtension(file));
        IEnumerable<string> released = ReleaseLine().Matches(Releases()).Select(match => match.Groups[1].Value);
        Assert.Empty(pages.Concat(released).Concat(s_fixable).Except(s_rules.Select(rule => rule.Id)));
    }

    private static DiagnosticDescriptor Rule(string id) => s_rules.First(rule => rule.Id == id);

    private static IEnumerable<string> TestFiles()
        => Directory.EnumerateFiles(Path.Combine(s_root, "tests", "VmSplice.Analyzers.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && file != ThisFile());

    private static string Releases()
        => string.Join('\n', Directory.GetFiles(Path.Combine(s_root, "analyzers", "VmSplice.Analyzers"), "AnalyzerReleases.*.md").Select(File.ReadAllText));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"(?i)fix\W*(yes|no)\b")]
    private static partial Regex FixOnPage();

    [GeneratedRegex(@"(?m)^(VMS[0-9]{4}) *\|")]
    private static partial Regex ReleaseLine();
}
