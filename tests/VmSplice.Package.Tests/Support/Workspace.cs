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

    public Workspace()
    {
        _release = new(() => Release.OfTheseSources(Path.Combine(_root, "clone"), Path.Combine(_root, "feed"), "1.0.0-test.1"));
        _again = new(() => _release.Value.Again(Path.Combine(_root, "second", "clone"), Path.Combine(_root, "second", "feed")));
        _consumers = new(() => new Consumers(_release.Value, Path.Combine(_root, "consumers")));
        Published = Path.Combine(_root, "published");
    }

    internal Release Release => _release.Value;

    internal Release ReleaseAgain => _again.Value;

    internal Consumers Consumers => _consumers.Value;

    /// <summary>Where the projects that are published go; beside the consumers, whose sources they share.</summary>
    internal string Published { get; }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
