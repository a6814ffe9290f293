using System.Runtime.CompilerServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>Our own two sides: records through <see cref="RecordWriter{T}"/> and <see cref="RecordReader{T}"/>, a stream of its own for each round.</summary>
internal static class RecordWorkers<T>
    where T : unmanaged, IShape<T>
{
    private const int Some = 4096;

    /// <summary>
    /// Writes by <c>next</c>, <c>span</c> (<see cref="RecordWriter{T}.GetSpan"/>) or <c>copy</c> (<see cref="RecordWriter{T}.Write(ReadOnlySpan{T})"/>).
    /// </summary>
    public static int Write(WorkerOptions options)
    {
        using SpliceWriter output = SpliceWriter.OpenFifo(options.Fifo, new()
        {
            Reader = options.Text("reader", "copying") == "copying" ? PipeReaderKind.Copying : PipeReaderKind.Unknown,
            PipeCapacity = options.Pipe,
        });
        Action<RecordWriter<T>, long> write = options.Way switch
        {
            "next" => ByNext,
            "span" => BySpan,
            "copy" => new Copied().Write,
            _ => throw new ArgumentException($"no such way: {options.Way}"),
        };
        return WorkerLoop.Run(bytes =>
        {
            using RecordWriter<T> records = new(output, new() { ChunkSize = options.Chunk, InPlace = options.InPlace, LeaveOpen = true });
            write(records, bytes / Sums.SizeOf<T>());
            records.Complete();
            return records.RecordsWritten;
        });
    }

    /// <summary>Reads batches and sums them.</summary>
    public static int Read(WorkerOptions options)
    {
        using SpliceReader input = SpliceReader.OpenFifo(options.Fifo, new() { PipeCapacity = options.Pipe });
        Func<ReadOnlySpan<T>, long> work = Work.Of<T>(options.Text("work", "sum"));
        return WorkerLoop.Run(_ =>
        {
            using RecordReader<T> records = new(input, new() { ReadSize = options.Chunk, LeaveOpen = true });
            long sum = 0;
            ReadOnlySpan<T> batch;
            while (!(batch = records.ReadBatch()).IsEmpty)
            {
                sum += work(batch);
            }

            return sum;
        });
    }

    private static void ByNext(RecordWriter<T> records, long count)
    {
        for (long i = 0; i < count; i += Some)
        {
            ByNext(records, i, Math.Min(i + Some, count));
        }
    }

    // See Sums.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ByNext(RecordWriter<T> records, long first, long end)
    {
        for (long i = first; i < end; i++)
        {
            T.Fill(ref records.Next(), 0, i);
        }
    }

    private static void BySpan(RecordWriter<T> records, long count)
    {
        long first = 0;
        while (first < count)
        {
            Span<T> slots = records.GetSpan();
            int length = (int)Math.Min(slots.Length, count - first);
            Sums.Fill(slots[..length], first);
            records.Advance(length);
            first += length;
        }
    }

    private sealed class Copied
    {
        private readonly T[] _records = new T[64 * 1024 / Sums.SizeOf<T>()];

        public void Write(RecordWriter<T> records, long count)
        {
            long first = 0;
            while (first < count)
            {
                Span<T> filled = _records.AsSpan(0, (int)Math.Min(_records.Length, count - first));
                Sums.Fill(filled, first);
                records.Write(filled);
                first += filled.Length;
            }
        }
    }
}
