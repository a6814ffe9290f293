namespace VmSplice.Tests.Support;

/// <summary>A file that holds the pattern and goes away with the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    internal TemporaryFile(int bytes) => File.WriteAllBytes(Path, StreamPattern.Take(0, bytes));

    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "vmsplice-" + Guid.NewGuid().ToString("n"));

    public void Dispose() => File.Delete(Path);
}
