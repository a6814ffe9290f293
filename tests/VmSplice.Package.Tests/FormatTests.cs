namespace VmSplice.Package.Tests;

/// <summary>The fixes of the package, as <c>dotnet format</c> applies them to a user's project.</summary>
[Collection(SharedWorkspace.Name)]
public sealed class FormatTests(Workspace workspace)
{
    private static readonly string[] s_fixable = [.. RulePage.All.Where(page => page.IsFixedUnattended).Select(page => page.Id)];

    [Fact]
    public void BadExampleOfEveryRuleWithAFix_MendedAndTheProjectBuilds()
    {
        Assert.Equal(s_fixable, FixableReported());

        string folder = workspace.Consumers.FolderOf("Mended");
        Command.DotNet(folder, ["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", .. s_fixable]).Succeeded();
        Command.DotNet(folder, "build", "--no-restore", "-clp:NoSummary").Succeeded();

        Assert.Empty(FixableReported());
    }

    private IEnumerable<string> FixableReported()
        => workspace.Consumers.LogOf("Mended").Results.Select(result => result.Id).Intersect(s_fixable).Order(StringComparer.Ordinal);
}
