using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>The same records through <c>System.IO.Pipelines</c> over an anonymous pipe.</summary>
internal static class PipelineWorkers<T>
    where T : unmanaged, IShape<T>
{
    public static int Write(WorkerOptions options)
    {
        using Stream stream = StreamWorkers<T>.Open(options, FileAccess.Write);
        PipeWriter output = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: options.Chunk));
        return WorkerLoop.Run(bytes =>
        {
            long left = bytes / Sums.SizeOf<T>();
            long first = 0;
            while (left > 0)
            {
                Span<T> chunk = MemoryMarshal.Cast<byte, T>(output.GetSpan(options.Chunk)[..options.Chunk]);
                chunk = chunk[..(int)Math.Min(chunk.Length, left)];
                Sums.Fill(chunk, first);
                output.Advance(chunk.Length * Sums.SizeOf<T>());
                output.FlushAsync().AsTask().GetAwaiter().GetResult();
                first += chunk.Length;
                left -= chunk.Length;
            }

            return 0;
        });
    }

    public static int Read(WorkerOptions options)
    {
        using Stream stream = StreamWorkers<T>.Open(options, FileAccess.Read);
        PipeReader input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: options.Chunk));
        Func<ReadOnlySpan<T>, long> work = Work.Of<T>(options.Text("work", "sum"));
        return WorkerLoop.Run(bytes => ReadAsync(input, bytes / Sums.SizeOf<T>(), work).GetAwaiter().GetResult());
    }

    private static async Task<long> ReadAsync(PipeReader input, long left, Func<ReadOnlySpan<T>, long> work)
    {
        long sum = 0;
        while (left > 0)
        {
            ReadResult result = await input.ReadAtLeastAsync(Sums.SizeOf<T>()).ConfigureAwait(false);
            ReadOnlySequence<byte> whole = result.Buffer.Slice(0, Math.Min(result.Buffer.Length / Sums.SizeOf<T>(), left) * Sums.SizeOf<T>());
            left -= whole.Length / Sums.SizeOf<T>();
            sum += WorkOn(whole, work);
            input.AdvanceTo(whole.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        return sum;
    }

    private static long WorkOn(ReadOnlySequence<byte> bytes, Func<ReadOnlySpan<T>, long> work)
    {
        long sum = 0;
        SequenceReader<byte> rest = new(bytes);
        T single = default;
        while (!rest.End)
        {
            ReadOnlySpan<T> whole = MemoryMarshal.Cast<byte, T>(rest.UnreadSpan);
            if (whole.IsEmpty)
            {
                // A record that lies across two segments.
                rest.TryCopyTo(MemoryMarshal.AsBytes(new Span<T>(ref single)));
                sum += work(new ReadOnlySpan<T>(in single));
                rest.Advance(Sums.SizeOf<T>());
                continue;
            }

            sum += work(whole);
            rest.Advance(whole.Length * Sums.SizeOf<T>());
        }

        return sum;
    }
}
