using System.Globalization;

namespace VmSplice.Benchmarks.Workers;

/// <summary>One stream of records to several readers: by <see cref="RecordBroadcaster{T}"/>, or to one pipe after another.</summary>
internal static class BroadcastWorkers<T>
    where T : unmanaged, IShape<T>
{
    private const int BytesAtOnce = 64 * 1024;

    /// <summary>Writes by <c>broadcast</c>, <c>record-writers</c> (each record is filled once and written to each of them) or <c>write</c>.</summary>
    public static int Write(WorkerOptions options)
    {
        SpliceWriter[] outputs = [.. Enumerable.Range(0, options.Number("readers", 1)).Select(index => SpliceWriter.OpenFifo(
            index == 0 ? options.Fifo : string.Create(CultureInfo.InvariantCulture, $"{options.Fifo}.{index}"),
            new() { PipeCapacity = options.Pipe }))];
        Action<SpliceWriter[], long> write = options.Way switch
        {
            "broadcast" => Broadcast,
            "record-writers" => ByRecordWriters,
            "write" => ByWrite,
            _ => throw new ArgumentException($"no such way: {options.Way}"),
        };
        int exitCode = WorkerLoop.Run(bytes =>
        {
            write(outputs, bytes / Sums.SizeOf<T>());
            return 0;
        });
        Array.ForEach(outputs, static output => output.Dispose());
        return exitCode;
    }

    private static void Broadcast(SpliceWriter[] outputs, long count)
    {
        using RecordBroadcaster<T> records = new(outputs, new() { LeaveOpen = true });
        for (long first = 0; first < count;)
        {
            Span<T> slots = records.GetSpan();
            int length = (int)Math.Min(slots.Length, count - first);
            Sums.Fill(slots[..length], first);
            records.Advance(length);
            first += length;
        }

        records.Complete();
    }

    private static void ByRecordWriters(SpliceWriter[] outputs, long count)
    {
        RecordWriter<T>[] writers = [.. outputs.Select(static output => new RecordWriter<T>(output, new() { LeaveOpen = true }))];
        FillAndSend(count, filled =>
        {
            foreach (RecordWriter<T> writer in writers)
            {
                writer.Write(filled);
            }
        });
        foreach (RecordWriter<T> writer in writers)
        {
            writer.Complete();
            writer.Dispose();
        }
    }

    private static void ByWrite(SpliceWriter[] outputs, long count) => FillAndSend(count, filled =>
    {
        foreach (SpliceWriter output in outputs)
        {
            output.Write<T>(filled);
        }
    });

    private static void FillAndSend(long count, SpanAction send)
    {
        T[] records = GC.AllocateUninitializedArray<T>(BytesAtOnce / Sums.SizeOf<T>(), pinned: true);
        for (long first = 0; first < count;)
        {
            Span<T> filled = records.AsSpan(0, (int)Math.Min(records.Length, count - first));
            Sums.Fill(filled, first);
            send(filled);
            first += filled.Length;
        }
    }

    private delegate void SpanAction(ReadOnlySpan<T> records);
}
