namespace VmSplice.Tests.Support;

/// <summary>A FIFO that goes away with the test.</summary>
internal sealed class TemporaryFifo : IDisposable
{
    internal TemporaryFifo() => Libc.MakeFifo(Path);

    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "vmsplice-" + Guid.NewGuid().ToString("n"));

    public void Dispose() => File.Delete(Path);
}
