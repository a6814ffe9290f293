using System.Text.RegularExpressions;

namespace VmSplice.Package.Tests;

/// <summary>
/// Executables without the rest of .NET, which exchange with a child as all the others do. What publishing them needs comes from the
/// machine's own package sources; where it cannot be had, these tests skip.
/// </summary>
[Collection(SharedWorkspace.Name)]
public sealed partial class PublishTests(Workspace workspace)
{
    [SkippableFact]
    public void AheadOfTime_TwoProcessesExchange() => Assert.Equal("100000", PublishAndRun("Aot"));

    [SkippableFact]
    public void TrimmedSingleFile_TwoProcessesExchange() => Assert.Equal("100000", PublishAndRun("Trimmed"));

    private string PublishAndRun(string project)
    {
        _ = workspace.Consumers;
        if (!Directory.Exists(workspace.Published))
        {
            Repository.CopyFolder(Path.Combine(Repository.Tests, "Published"), workspace.Published);
            workspace.Release.WriteVersionTo(workspace.Published);
        }

        CommandResult publish = Command.DotNet(workspace.Published, "publish", project, "-c", "Release", "--use-current-runtime", "-o",
            Path.Combine(project, "out"), "-clp:NoSummary");
        Match missing = Missing().Match(publish.Output);
        Skip.If(missing.Success, $"Cannot publish here: {missing.Value}");
        Assert.DoesNotContain("warning", publish.Succeeded().Output, StringComparison.Ordinal);
        string folder = Path.Combine(workspace.Published, project, "out");
        return Command.Run(folder, Path.Combine(folder, project)).Succeeded().Output.Trim();
    }

    /// <summary>A package of the SDK that no source has, or no linker.</summary>
    [GeneratedRegex(@"error NU1(101|102|103|301|302):.*|.*[Pp]latform linker .* not found.*")]
    private static partial Regex Missing();
}
