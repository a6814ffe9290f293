namespace VmSplice.Package.Tests.Support;

/// <summary>
/// A rehearsal of a release: the sources in a repository of their own, committed, tagged, and packed as CONTRIBUTING says.
/// </summary>
internal sealed class Release
{
    public const string Id = "VmSplice.Generators";

    public const string Url = "https://github.com/vmsplice/VmSplice.Generators";

    private Release(string clone, string feed, string version)
    {
        Clone = clone;
        Feed = feed;
        Version = version;
        Commit = Git(clone, "rev-parse", "HEAD").Output.Trim();
        // The rules have been run on these sources by the build that made this test.
        Command.DotNet(clone, "pack", "src/VmSplice", "-c", "Release", "-o", feed, "-p:CI=true", "-p:RunAnalyzers=false").Succeeded();
    }

    public string Clone { get; }

    public string Feed { get; }

    public string Version { get; }

    public string Commit { get; }

    public Archive Package => new(Path.Combine(Feed, $"{Id}.{Version}.nupkg"));

    public Archive Symbols => new(Path.Combine(Feed, $"{Id}.{Version}.snupkg"));

    public static Release OfTheseSources(string clone, string feed, string version)
    {
        Repository.CopySourcesTo(clone);
        Git(clone, "init", "-q", "-b", "main");
        Git(clone, "remote", "add", "origin", Url);
        Git(clone, "add", "-A");
        Git(clone, "commit", "-q", "-m", "Release");
        Git(clone, "tag", $"v{version}");
        return new Release(clone, feed, version);
    }

    /// <summary>The same commit, packed again in another folder.</summary>
    public Release Again(string clone, string feed)
    {
        Git(Clone, "clone", "-q", Clone, clone);
        Git(clone, "remote", "set-url", "origin", Url);
        return new Release(clone, feed, Version);
    }

    /// <summary>Says in a folder of users' projects which version to reference.</summary>
    public void WriteVersionTo(string folder)
        => File.WriteAllText(
            Path.Combine(folder, "Version.props"), $"<Project><PropertyGroup><VmSpliceVersion>{Version}</VmSpliceVersion></PropertyGroup></Project>");

    public static CommandResult Git(string folder, params string[] arguments)
        => Command.Run(folder, "git",
            ["-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", .. arguments]).Succeeded();
}
