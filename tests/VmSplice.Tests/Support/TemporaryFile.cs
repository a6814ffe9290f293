namespace VmSplice.Tests.Support;

/// <summary>A file that goes away with the test.</summary>
internal sealed class TemporaryFile(string? folder = null) : IDisposable
{
    internal string Path { get; } = System.IO.Path.Combine(folder ?? System.IO.Path.GetTempPath(), "vmsplice-" + Guid.NewGuid().ToString("n"));

    /// <summary>One that holds the first bytes of the pattern.</summary>
    internal static TemporaryFile OfPattern(int bytes)
    {
        var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, StreamPattern.Take(0, bytes));
        return file;
    }

    internal FileStream Create() => new(Path, FileMode.Create, FileAccess.ReadWrite);

    public void Dispose() => File.Delete(Path);
}
