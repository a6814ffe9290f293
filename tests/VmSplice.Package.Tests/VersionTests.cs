namespace VmSplice.Package.Tests;

/// <summary>Where there is no tag to take the version from, or no repository at all, the sources build all the same.</summary>
[Collection(SharedWorkspace.Name)]
public sealed class VersionTests(Workspace workspace)
{
    [Fact]
    public void CommitAfterTheTag_PreReleaseOfTheNext()
    {
        string clone = CloneOf("after");
        File.AppendAllText(Path.Combine(clone, "CHANGELOG.md"), "\n");
        Release.Git(clone, "commit", "-q", "-a", "-m", "Go on");
        Assert.Equal($"{workspace.Release.Version}.1", VersionOf(clone));
    }

    [Fact]
    public void CloneWithoutTags_PreReleaseOfTheMinimum()
    {
        string clone = CloneOf("untagged");
        Release.Git(clone, "tag", "-d", $"v{workspace.Release.Version}");
        Assert.Equal("1.0.0-alpha.0", VersionOf(clone));
    }

    [Fact]
    public void SourceArchive_BuildsWithoutWarning()
    {
        string archive = CloneOf("archive");
        Directory.Delete(Path.Combine(archive, ".git"), recursive: true);
        Assert.DoesNotContain("warning", BuildForRelease(archive), StringComparison.Ordinal);
    }

    [Fact]
    public void CloneWithoutRemote_BuildsWithoutWarning()
    {
        string clone = CloneOf("local");
        Release.Git(clone, "remote", "remove", "origin");
        Assert.DoesNotContain("warning", BuildForRelease(clone), StringComparison.Ordinal);
    }

    /// <summary>The smallest of the shipped projects: what differs is the same for all.</summary>
    private static string BuildForRelease(string clone)
        => Command.DotNet(clone, "build", "generator/VmSplice.Generators", "-c", "Release", "-clp:NoSummary", "-p:CI=true", "-p:RunAnalyzers=false")
            .Succeeded().Output;

    private string CloneOf(string name)
    {
        string clone = Path.Combine(Path.GetDirectoryName(workspace.Release.Clone)!, name);
        Release.Git(workspace.Release.Clone, "clone", "-q", workspace.Release.Clone, clone);
        return clone;
    }

    private static string VersionOf(string clone)
    {
        Command.DotNet(clone, "restore", "src/VmSplice").Succeeded();
        return Command.DotNet(clone, "msbuild", "src/VmSplice", "-t:MinVer", "-getProperty:PackageVersion").Succeeded().Output.Trim();
    }
}
