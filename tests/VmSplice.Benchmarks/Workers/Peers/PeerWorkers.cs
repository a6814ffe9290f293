namespace VmSplice.Benchmarks.Workers.Peers;

/// <summary>The two sides of a serializer over a pipe.</summary>
internal static class PeerWorkers
{
    public static int Write(WorkerOptions options, IRecordCodec codec)
    {
        using Stream stream = StreamWorkers<Record64>.Open(options, FileAccess.Write);
        FrameWriter frames = new(stream);
        return WorkerLoop.Run(bytes =>
        {
            long count = bytes / Sums.SizeOf<Record64>();
            for (long first = 0; first < count; first += codec.RecordsInMessage)
            {
                frames.BeginFrame();
                codec.Write(first, frames);
                frames.EndFrame();
            }

            frames.Flush();
            return 0;
        });
    }

    public static int Read(WorkerOptions options, IRecordCodec codec)
    {
        using Stream stream = StreamWorkers<Record64>.Open(options, FileAccess.Read);
        FrameReader frames = new(stream);
        return WorkerLoop.Run(bytes =>
        {
            long sum = 0;
            for (long left = bytes / Sums.SizeOf<Record64>(); left > 0; left -= codec.RecordsInMessage)
            {
                sum += codec.Sum(frames.Read());
            }

            return sum;
        });
    }
}
