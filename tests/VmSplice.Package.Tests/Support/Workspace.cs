namespace VmSplice.Package.Tests.Support;

/// <summary>
/// One temporary folder for the whole run: the package is made once, users' projects are built against it once, all of them in
/// one restore and one build, some of which have to fail. The packages that they use are extracted in here too.
/// </summary>
public sealed class Workspace : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("vmsplice-package-").FullName;
    private readonly Lazy<Release> _release;
    private readonly Lazy<Release> _again;
    private readonly Lazy<Consumers> _consumers;
    private readonly Lazy<Solution> _brought;

    public Workspace()
    {
        _release = new(() => Release.OfTheseSources(Path.Combine(_root, "clone"), Path.Combine(_root, "feed"), "1.0.0-test.1"));
        _again = new(() => _release.Value.Again(Path.Combine(_root, "second", "clone"), Path.Combine(_root, "second", "feed")));
        _consumers = new(() => new Consumers(_release.Value, Path.Combine(_root, "consumers")));
        _brought = new(BuildBroughtRows);
        Published = Path.Combine(_root, "published");
    }

    internal Release Release => _release.Value;

    internal Release ReleaseAgain => _again.Value;

    internal Consumers Consumers => _consumers.Value;

    /// <summary>The projects of <see cref="BroughtRows"/>.</summary>
    internal Solution Brought => _brought.Value;

    /// <summary>Where the projects that are published go; beside the consumers, whose sources they share.</summary>
    internal string Published { get; }

    /// <summary>A folder for projects that need more than the package: the machine's own package sources are used too.</summary>
    internal string FolderWithMachineSources(string name)
    {
        string folder = Path.Combine(_root, name);
        string settings = Path.Combine(Repository.Tests, "Published");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(settings, "nuget.config"), Path.Combine(folder, "nuget.config"));
        File.Copy(Path.Combine(settings, "Directory.Build.props"), Path.Combine(folder, "Directory.Build.props"));
        Release.WriteVersionTo(folder);
        return folder;
    }

    private Solution BuildBroughtRows()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, "brought")).FullName;
        string settings = Path.Combine(Repository.Tests, "Consumers");
        File.Copy(Path.Combine(settings, "nuget.config"), Path.Combine(folder, "nuget.config"));
        File.Copy(Path.Combine(settings, "Directory.Build.props"), Path.Combine(folder, "Directory.Build.props"));
        Release.WriteVersionTo(folder);
        foreach (ConsumerRow row in BroughtRows.All)
        {
            row.WriteTo(folder);
        }

        IEnumerable<string> projects = BroughtRows.All.Select(row => $"<Project Path=\"{row.Name}/{row.Name}.{row.Extension}proj\" />");
        File.WriteAllText(Path.Combine(folder, "Brought.slnx"), $"<Solution>{string.Concat(projects)}</Solution>");
        return new Solution(folder, "Brought.slnx");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
