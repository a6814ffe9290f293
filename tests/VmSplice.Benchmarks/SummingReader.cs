using System.Runtime.InteropServices;
using VmSplice.Pipes;

namespace VmSplice.Benchmarks;

/// <summary>A pipe whose far end a thread reads and sums.</summary>
internal sealed class SummingReader : IDisposable
{
    private readonly SplicePipe _pipe = SplicePipe.Create();
    private readonly Thread _thread;

    private SummingReader(PipeReaderKind reader, SharingPolicy? policy)
    {
        var options = new SpliceWriterOptions { Reader = reader };
        Writer = policy is { } given ? SpliceWriter.Open(_pipe.WriteHandle, options, given) : _pipe.OpenWriter(options);
        _thread = new Thread(Drain);
    }

    internal SpliceWriter Writer { get; }

    /// <summary>Starts the thread.</summary>
    /// <param name="reader">What the writer is told of it.</param>
    /// <param name="policy">When the writer shares pages; without one, as it does for its users.</param>
    internal static SummingReader Start(PipeReaderKind reader, SharingPolicy? policy = null)
    {
        var summing = new SummingReader(reader, policy);
        summing._thread.Start();
        return summing;
    }

    public void Dispose()
    {
        Writer.Dispose();
        _thread.Join();
        _pipe.Dispose();
    }

    private void Drain()
    {
        using SpliceReader reader = _pipe.OpenReader();
        byte[] destination = GC.AllocateUninitializedArray<byte>(256 * 1024, pinned: true);
        long sum = 0;
        int read;
        while ((read = reader.Read(destination)) > 0)
        {
            foreach (long value in MemoryMarshal.Cast<byte, long>(destination.AsSpan(0, read)))
            {
                sum += value;
            }
        }

        GC.KeepAlive(sum);
    }
}
