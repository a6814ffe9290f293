namespace VmSplice.Benchmarks.Tests;

/// <summary>A folder that is gone when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vmsplice-benchmarks-tests-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
