namespace VmSplice.Tests.Support;

/// <summary>A file that goes away with the test.</summary>
internal sealed class TemporaryFile(string? folder = null) : IDisposable
{
    internal string Path { get; } = System.IO.Path.Combine(folder ?? System.IO.Path.GetTempPath(), "vmsplice-" + Guid.NewGuid().ToString("n"));

    internal FileStream Create() => new(Path, FileMode.Create, FileAccess.ReadWrite);

    public void Dispose() => File.Delete(Path);
}
