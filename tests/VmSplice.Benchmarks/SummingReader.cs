using System.Runtime.InteropServices;

namespace VmSplice.Benchmarks;

/// <summary>A pipe whose far end a thread reads and sums.</summary>
internal sealed class SummingReader : IDisposable
{
    private readonly SplicePipe _pipe = SplicePipe.Create();
    private readonly Thread _thread;

    private SummingReader(PipeReaderKind reader)
    {
        Writer = _pipe.OpenWriter(new SpliceWriterOptions { Reader = reader });
        _thread = new Thread(Drain);
    }

    internal SpliceWriter Writer { get; }

    internal static SummingReader Start(PipeReaderKind reader)
    {
        var summing = new SummingReader(reader);
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
