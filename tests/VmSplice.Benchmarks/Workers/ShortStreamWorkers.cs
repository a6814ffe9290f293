using System.Globalization;
using System.Runtime.InteropServices;

namespace VmSplice.Benchmarks.Workers;

/// <summary>Streams of ten records, each in a pipe of its own; both ends in one process, so that nothing but the stream is measured.</summary>
internal static class ShortStreamWorkers
{
    private const int Records = 10;
    private const int OpenAtOnce = 100;

    /// <summary>One stream after the other: opened, written, read, ended.</summary>
    public static int Run(WorkerOptions options)
    {
        Func<long> stream = options.Way == "raw" ? RawStream : RecordStream;
        return WorkerLoop.Run(bytes =>
        {
            long sum = 0;
            for (long left = bytes / (Records * Sums.SizeOf<Record64>()); left > 0; left--)
            {
                sum += stream();
            }

            return sum;
        });
    }

    /// <summary>What the writers of many open streams hold, for each; the sum of the answer.</summary>
    public static int ResidentWriter(WorkerOptions _) => WorkerLoop.Run(static _ =>
    {
        long sum = RecordStream();
        (SplicePipe Pipe, RecordWriter<Record64> Records)[] streams = new (SplicePipe, RecordWriter<Record64>)[OpenAtOnce];
        for (int i = 0; i < streams.Length; i++)
        {
            streams[i].Pipe = SplicePipe.Create();
        }

        long before = ResidentBytes();
        for (int i = 0; i < streams.Length; i++)
        {
            streams[i].Records = new RecordWriter<Record64>(streams[i].Pipe.OpenWriter());
            Fill(streams[i].Records);
            streams[i].Records.Flush();
        }

        long each = (ResidentBytes() - before) / OpenAtOnce;
        GC.KeepAlive(streams);
        return sum < 0 ? sum : each;
    });

    /// <summary>The same for the readers.</summary>
    public static int ResidentReader(WorkerOptions _) => WorkerLoop.Run(static _ =>
    {
        long sum = RecordStream();
        (SplicePipe Pipe, RecordWriter<Record64> Records)[] streams = new (SplicePipe, RecordWriter<Record64>)[OpenAtOnce];
        RecordReader<Record64>[] readers = new RecordReader<Record64>[OpenAtOnce];
        for (int i = 0; i < streams.Length; i++)
        {
            streams[i].Pipe = SplicePipe.Create();
            streams[i].Records = new RecordWriter<Record64>(streams[i].Pipe.OpenWriter());
            Fill(streams[i].Records);
            streams[i].Records.Flush();
        }

        long before = ResidentBytes();
        for (int i = 0; i < streams.Length; i++)
        {
            readers[i] = new RecordReader<Record64>(streams[i].Pipe.OpenReader());
            sum += Sums.Of(readers[i].ReadBatch());
        }

        long each = (ResidentBytes() - before) / OpenAtOnce;
        GC.KeepAlive(streams);
        GC.KeepAlive(readers);
        return sum < 0 ? sum : each;
    });

    private static void Fill(RecordWriter<Record64> records)
    {
        for (int i = 0; i < Records; i++)
        {
            Record64.Fill(ref records.Next(), 0, i);
        }
    }

    private static long RecordStream()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (RecordWriter<Record64> output = new(pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying })))
        {
            Fill(output);
            output.Complete();
        }

        using RecordReader<Record64> input = new(pipe.OpenReader());
        long sum = 0;
        ReadOnlySpan<Record64> batch;
        while (!(batch = input.ReadBatch()).IsEmpty)
        {
            sum += Sums.Of(batch);
        }

        return sum;
    }

    private static long RawStream()
    {
        Span<Record64> records = stackalloc Record64[Records];
        Span<Record64> read = stackalloc Record64[Records];
        Sums.Fill(records, 0);
        (int from, int to) = RawCalls.OpenPipe();
        RawCalls.Write(to, MemoryMarshal.AsBytes(records));
        RawCalls.Close(to);
        RawCalls.ReadExactly(from, MemoryMarshal.AsBytes(read));
        long sum = Sums.Of<Record64>(read);
        if (RawCalls.Read(from, MemoryMarshal.AsBytes(read)) != 0)
        {
            throw new InvalidOperationException("The stream should have ended.");
        }

        RawCalls.Close(from);
        return sum;
    }

    private static long ResidentBytes()
    {
        string line = File.ReadLines("/proc/self/smaps_rollup").First(static line => line.StartsWith("Rss:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
