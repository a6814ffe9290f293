using System.Globalization;
using System.Runtime.CompilerServices;

namespace VmSplice.TestChild;

/// <summary>How much garbage waiting makes, in the whole process: prints bytes and the number of waits.</summary>
internal static class AsyncGarbage
{
    private const int WarmUp = 2_000;
    private const int Length = 40_000;

    internal static int OfBytes(int rounds)
    {
        using SplicePipe pipe = SplicePipe.Create(1024 * 1024);
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
        int capacity = writer.Capacity;
        byte[] arrived = new byte[capacity + Length];
        byte[] full = new byte[capacity];
        using CancellationTokenSource source = new();
        return Measure(rounds, async count =>
        {
            long waits = 0;
            for (int i = 0; i < count; i++)
            {
                // A read that waits for the write, and a send that waits for the read.
                ValueTask<int> read = reader.ReadAsync(arrived, source.Token);
                waits += read.IsCompleted ? 0 : 1;
                writer.Write(full.AsSpan(0, 1));
                await read;
                writer.Write(full);
                ValueTask send = writer.SendAsync(writer.Rent<byte>(Length), source.Token);
                waits += send.IsCompleted ? 0 : 1;
                reader.ReadExactly(arrived);
                await send;
            }

            return waits;
        });
    }

    /// <summary>Gathers of many times what the pipe holds.</summary>
    internal static int OfGathers(int rounds)
    {
        using SplicePipe pipe = SplicePipe.Create(1);
        using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 1 });
        using SpliceWriter writer = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying, PipeCapacity = 1 });
        using SpliceGather gather = writer.CreateGather();
        byte[] arrived = new byte[2 * Length];
        using CancellationTokenSource source = new();
        return Measure(rounds, async count =>
        {
            long waits = 0;
            for (int i = 0; i < count; i++)
            {
                gather.Add(writer.Rent<byte>(Length));
                gather.Add(writer.Rent<long>(Length / sizeof(long)));
                ValueTask send = gather.SendAsync(source.Token);
                waits += send.IsCompleted ? 0 : 1;
                ValueTask all = writer.SendAllAsync([writer.Rent<byte>(Length), writer.Rent<byte>(Length)], source.Token);
                waits += all.IsCompleted ? 0 : 1;
                reader.ReadExactly(arrived);
                await send;
                reader.ReadExactly(arrived);
                await all;
            }

            return waits;
        });
    }

    /// <summary>Spliceable buffers, received into one that is there already.</summary>
    internal static int OfBuffers(int rounds)
    {
        using VideoFrame frame = VideoFrame.Allocate();
        return Receive(rounds, garbageOfOne: 0, (reader, cancellation) => reader.ReceiveIntoAsync(frame, cancellationToken: cancellation));
    }

    /// <summary>Spliceable buffers, each received into a new one, which is not counted.</summary>
    internal static int OfNewBuffers(int rounds)
    {
        VideoFrame.Allocate().Dispose();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        VideoFrame.Allocate().Dispose();
        long garbage = GC.GetTotalAllocatedBytes(precise: true) - before;
        return Receive(rounds, garbage, ReceiveOneAsync);

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        static async ValueTask ReceiveOneAsync(SpliceReader reader, CancellationToken cancellation)
            => (await reader.ReceiveAsync<VideoFrame>(cancellationToken: cancellation)).Dispose();
    }

    internal static int OfRecords(int rounds)
    {
        using SplicePipe pipe = SplicePipe.Create(1);
        int size = 2 * pipe.Capacity;
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying, PipeCapacity = 1 }),
            new RecordWriterOptions { ChunkSize = size });
        using var reader = new RecordReader<Tick>(pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 1 }), new RecordReaderOptions { ReadSize = size });
        using CancellationTokenSource source = new();

        // The object of a batch, by which a batch that was kept throws: its header, an address, a length and a reason.
        const int GarbageOfABatch = 48;
        long batches = 0;
        return Measure(rounds, async count =>
        {
            batches = 0;
            long waits = 0;
            for (int i = 0; i < count; i++)
            {
                ValueTask<ReadOnlyMemory<Tick>> batch = reader.ReadBatchAsync(source.Token);
                waits += batch.IsCompleted ? 0 : 1;
                int records = writer.FreeSlots;
                for (int record = 0; record < records; record++)
                {
                    writer.Next().Time = record;
                }

                ValueTask flush = writer.FlushAsync(source.Token);
                waits += flush.IsCompleted ? 0 : 1;
                batches++;
                for (int seen = (await batch).Length; seen < records; seen += (await reader.ReadBatchAsync(source.Token)).Length)
                {
                    batches++;
                }

                await flush;
            }

            return waits;
        }, () => batches * GarbageOfABatch);
    }

    /// <summary>Records with texts, so many that the last one has no room for its own: two chunks go, the second with that record.</summary>
    internal static int OfTexts(int rounds)
    {
        using SplicePipe pipe = SplicePipe.Create(1);
        using var writer = new RecordWriter<Remark>(pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying, PipeCapacity = 1 }),
            new RecordWriterOptions { ChunkSize = 2 * pipe.Capacity });
        using var reader = new RecordReader<Remark>(pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 1 }));
        using CancellationTokenSource source = new();

        // As of a batch of records.
        const int GarbageOfABatch = 48;
        long batches = 0;
        return Measure(rounds, async count =>
        {
            batches = 0;
            long waits = 0;
            for (int i = 0; i < count; i++)
            {
                int records = 0;
                for (; writer.FreeSlots != 0 || records == 0; records++)
                {
                    ref Remark remark = ref writer.Next();
                    remark.Number = records;
                    remark.Text = writer.AddText($"{records} of {i}, the text of which fills a chunk: {long.MaxValue:D300}");
                }

                ValueTask flush = writer.FlushAsync(source.Token);
                waits += flush.IsCompleted ? 0 : 1;
                for (int seen = 0; seen < records; batches++)
                {
                    seen += (await reader.ReadBatchAsync(source.Token)).Length;
                }

                await flush;
            }

            return waits;
        }, () => batches * GarbageOfABatch);
    }

    /// <summary>Records that are copied in, two full chunks at a time, of which the pipe holds one.</summary>
    internal static int OfRecordWrites(int rounds)
    {
        using SplicePipe pipe = SplicePipe.Create(1);
        using var writer = new RecordWriter<Tick>(
            pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying, PipeCapacity = 1 }),
            new RecordWriterOptions { ChunkSize = pipe.Capacity, Framed = false });
        using SpliceReader reader = pipe.OpenReader(new SpliceReaderOptions { PipeCapacity = 1 });
        var ticks = new Tick[2 * (pipe.Capacity / Unsafe.SizeOf<Tick>())];
        byte[] arrived = new byte[ticks.Length * Unsafe.SizeOf<Tick>()];
        using CancellationTokenSource source = new();
        return Measure(rounds, async count =>
        {
            long waits = 0;
            for (int i = 0; i < count; i++)
            {
                // Two chunks: one in the pipe, and one in the writer since the round before, which must go first.
                ValueTask write = writer.WriteAsync(ticks, source.Token);
                if (!write.IsCompleted)
                {
                    waits++;
                    reader.ReadExactly(arrived);
                }

                await write;
            }

            return waits;
        });
    }

    /// <summary>The bytes of a frame come in two pieces, for each of which the receiver waits.</summary>
    private static int Receive(int rounds, long garbageOfOne, Func<SpliceReader, CancellationToken, ValueTask> receive)
    {
        using SplicePipe pipe = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader();
        using SpliceWriter writer = pipe.OpenWriter();
        VideoFrame drawn = VideoFrame.Rent(writer);
        drawn.Draw(1);
        writer.Send(drawn);
        byte[] bytes = new byte[64 + VideoFrame.Size];
        reader.ReadExactly(bytes);
        using CancellationTokenSource source = new();
        return Measure(
            rounds,
            async count =>
            {
                long waits = 0;
                for (int i = 0; i < count; i++)
                {
                    ValueTask arrived = receive(reader, source.Token);
                    waits += arrived.IsCompleted ? 0 : 1;
                    writer.Write(bytes.AsSpan(0, 100));
                    await writer.WriteAsync(bytes.AsMemory(100));
                    await arrived;
                }

                return waits;
            },
            () => rounds * garbageOfOne);
    }

    private static int Measure(int rounds, Func<int, Task<long>> run, Func<long>? expected = null)
    {
        run(WarmUp).GetAwaiter().GetResult();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long waits = run(rounds).GetAwaiter().GetResult();
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before - (expected?.Invoke() ?? 0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes} {waits}"));
        return 0;
    }
}
