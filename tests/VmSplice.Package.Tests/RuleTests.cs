using System.Text.RegularExpressions;

namespace VmSplice.Package.Tests;

/// <summary>What a user's build reports of the bad examples on the rules' pages, against what the pages say.</summary>
[Collection(SharedWorkspace.Name)]
public sealed partial class RuleTests(Workspace workspace)
{
    // VMS9999 is about a method too large to show.
    private static readonly RulePage[] s_shown = [.. RulePage.All.Where(page => page.BadExamples.Count > 0)];

    public static TheoryData<string> Ids => [.. RulePage.All.Select(page => page.Id)];

    public static TheoryData<string> ShownIds => [.. s_shown.Select(page => page.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Build_NamesThePageOfTheRule(string id)
        => Assert.Equal(Page(id).Url, Assert.Single(workspace.Consumers.LogOf("Mistakes.Default").Rules, rule => rule.Id == id).HelpUri);

    [Theory]
    [MemberData(nameof(ShownIds))]
    public void Build_ReportsTheRuleWithTheSeverityOfItsPage(string id)
        => Assert.Equal([LevelOf(Page(id).Severity)], workspace.Consumers.LogOf("Mistakes.Default").LevelsOf(id));

    [Theory]
    [MemberData(nameof(ShownIds))]
    public void StrictMode_ReportsMoreSeverely(string id)
        => Assert.Equal([Page(id).Severity == "info" ? "warning" : "error"], workspace.Consumers.LogOf("Mistakes.Strict").LevelsOf(id));

    [Theory]
    [MemberData(nameof(ShownIds))]
    public void RelaxedMode_ReportsLessSeverely(string id)
    {
        string[] expected = Page(id).Severity switch
        {
            "error" when id.StartsWith("VMS1", StringComparison.Ordinal) => ["error"],
            "error" => ["warning"],
            "warning" => ["note"],
            _ => [],
        };
        Assert.Equal(expected, workspace.Consumers.LogOf("Mistakes.Relaxed").LevelsOf(id));
    }

    [Theory]
    [InlineData("Strict")]
    [InlineData("Relaxed")]
    public void Mode_NamesEveryRuleOnce(string mode)
    {
        string config = File.ReadAllText(
            Path.Combine(Repository.Root, "src", "VmSplice", "Package", "buildTransitive", "config", $"VmSplice.{mode}.globalconfig"));
        Assert.Equal(RulePage.All.Select(page => page.Id), ConfiguredRule().Matches(config).Select(rule => rule.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static RulePage Page(string id) => RulePage.All.Single(page => page.Id == id);

    private static string LevelOf(string severity) => severity == "info" ? "note" : severity;

    [GeneratedRegex(@"(?m)^dotnet_diagnostic\.(VMS\d+)\.severity")]
    private static partial Regex ConfiguredRule();
}
