namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Batches of asynchronous streams, and right.</summary>
internal sealed class BatchStreamsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchSummedByTasksAwaitedInRound"] = """
            [Spliceable]
            public partial struct Reading { public long Time; public double Value; }

            public static class ParallelSum
            {
                public static async Task<double> RunAsync(RecordReader<Reading> reader, CancellationToken cancellation)
                {
                    double total = 0;
                    await foreach (ReadOnlyMemory<Reading> batch in reader.WithCancellation(cancellation))
                    {
                        int half = batch.Length / 2;
                        Task<double> left = Task.Run(() => Sum(batch.Span[..half]), cancellation);
                        Task<double> right = Task.Run(() => Sum(batch.Span[half..]), cancellation);
                        double[] both = await Task.WhenAll(left, right);
                        total += both[0] + both[1];
                    }

                    return total;
                }

                private static double Sum(ReadOnlySpan<Reading> batch)
                {
                    double sum = 0;
                    foreach (ref readonly Reading reading in batch)
                    {
                        sum += reading.Value;
                    }

                    return sum;
                }
            }
            """,
        ["AsyncIteratorPassesBatchesOn"] = """
            namespace B165;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; }

            public static class Ticks
            {
                public static async IAsyncEnumerable<ReadOnlyMemory<Tick>> NotEmptyAsync(
                    RecordReader<Tick> reader, int most, [EnumeratorCancellation] CancellationToken cancellation = default)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in reader.WithCancellation(cancellation))
                    {
                        for (int i = 0; i < batch.Length; i += most)
                        {
                            yield return batch.Slice(i, Math.Min(most, batch.Length - i));
                        }
                    }
                }

                public static async Task<double> HighestAsync(RecordReader<Tick> reader)
                {
                    double highest = 0;
                    await foreach (ReadOnlyMemory<Tick> part in NotEmptyAsync(reader, 100))
                    {
                        foreach (ref readonly Tick tick in part.Span)
                        {
                            highest = Math.Max(highest, tick.Price);
                        }
                    }

                    return highest;
                }
            }
            """,
        ["BatchHalvesInParallelAwaitedEachRound"] = """
            [Spliceable]
            public partial struct Pixel { public int X; public int Y; public long Rgb; }

            public static class Histogram
            {
                public static async Task<long> CountDarkAsync(RecordReader<Pixel> pixels)
                {
                    long dark = 0;
                    await foreach (ReadOnlyMemory<Pixel> batch in pixels)
                    {
                        ReadOnlyMemory<Pixel> left = batch[..(batch.Length / 2)];
                        ReadOnlyMemory<Pixel> right = batch[(batch.Length / 2)..];
                        Task<long> first = Task.Run(() => Dark(left.Span));
                        Task<long> second = Task.Run(() => Dark(right.Span));
                        dark += await first + await second;
                    }

                    return dark;
                }

                private static long Dark(ReadOnlySpan<Pixel> pixels)
                {
                    long dark = 0;
                    foreach (ref readonly Pixel pixel in pixels)
                    {
                        dark += pixel.Rgb < 0x202020 ? 1 : 0;
                    }

                    return dark;
                }
            }
            """,
    };
}
