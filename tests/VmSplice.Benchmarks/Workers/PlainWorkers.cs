using System.Runtime.InteropServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>
/// write(2) and read(2) of the same span, through our own ends: <see cref="SpliceWriter.Write{T}(ReadOnlySpan{T})"/>, without a record stream.
/// </summary>
internal static class PlainWorkers<T>
    where T : unmanaged, IShape<T>
{
    public static int Write(WorkerOptions options)
    {
        using SpliceWriter output = SpliceWriter.OpenFifo(options.Fifo, new() { PipeCapacity = options.Pipe });
        T[] records = GC.AllocateUninitializedArray<T>(options.Chunk / Sums.SizeOf<T>(), pinned: true);
        return WorkerLoop.Run(bytes =>
        {
            long left = bytes / Sums.SizeOf<T>();
            long first = 0;
            while (left > 0)
            {
                Span<T> chunk = records.AsSpan(0, (int)Math.Min(records.Length, left));
                Sums.Fill(chunk, first);
                output.Write<T>(chunk);
                first += chunk.Length;
                left -= chunk.Length;
            }

            return 0;
        });
    }

    public static int Read(WorkerOptions options)
    {
        using SpliceReader input = SpliceReader.OpenFifo(options.Fifo, new() { PipeCapacity = options.Pipe });
        Func<ReadOnlySpan<T>, long> work = Work.Of<T>(options.Text("work", "sum"));
        T[] records = GC.AllocateUninitializedArray<T>(options.Chunk / Sums.SizeOf<T>(), pinned: true);
        return WorkerLoop.Run(bytes =>
        {
            long left = bytes / Sums.SizeOf<T>();
            long sum = 0;
            while (left > 0)
            {
                Span<T> chunk = records.AsSpan(0, (int)Math.Min(records.Length, left));
                input.ReadExactly(MemoryMarshal.AsBytes(chunk));
                sum += work(chunk);
                left -= chunk.Length;
            }

            return sum;
        });
    }
}
