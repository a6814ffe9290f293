namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Batches that are kept.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BoundedChannelOfBatchesBetweenStages"] = """
            [Spliceable]
            public partial struct Reading { public long Sensor; public double Value; }

            public sealed class TwoStagePipeline(RecordReader<Reading> readings)
            {
                private readonly Channel<ReadOnlyMemory<Reading>> _stage = Channel.CreateBounded<ReadOnlyMemory<Reading>>(8);

                public async Task<double> RunAsync(CancellationToken cancellation)
                {
                    Task<double> summing = SumAsync(cancellation);
                    await foreach (ReadOnlyMemory<Reading> batch in readings.WithCancellation(cancellation))
                    {
                        await _stage.Writer.WriteAsync(batch, cancellation); //~VMS2016
                    }

                    _stage.Writer.Complete();
                    return await summing;
                }

                private async Task<double> SumAsync(CancellationToken cancellation)
                {
                    double sum = 0;
                    await foreach (ReadOnlyMemory<Reading> batch in _stage.Reader.ReadAllAsync(cancellation))
                    {
                        foreach (Reading reading in batch.Span)
                        {
                            sum += reading.Value;
                        }
                    }

                    return sum;
                }
            }
            """,
        ["LatestBatchPerVenueDictionary"] = """
            namespace D022;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; public int Venue; public int Size; }

            public sealed class VenueCache(RecordReader<Tick> ticks)
            {
                private readonly Dictionary<int, ReadOnlyMemory<Tick>> _latest = [];

                public async Task RunAsync(CancellationToken cancellation)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in ticks.WithCancellation(cancellation))
                    {
                        int venue = batch.Span[0].Venue;
                        _latest[venue] = batch; //~VMS2016
                    }
                }

                public double? LastOf(int venue)
                    => _latest.TryGetValue(venue, out ReadOnlyMemory<Tick> batch) ? batch.Span[^1].Price : null;
            }
            """,
        ["MovingAverageQueueOfSlices"] = """
            [Spliceable]
            public partial struct Load { public long Time; public double Percent; }

            public sealed class MovingAverage(int batches)
            {
                public event Action<double>? Changed;

                public async Task RunAsync(RecordReader<Load> loads, CancellationToken cancellation)
                {
                    Queue<ReadOnlyMemory<Load>> window = new(batches + 1);
                    for (; ; )
                    {
                        ReadOnlyMemory<Load> batch = await loads.ReadBatchAsync(cancellation);
                        if (batch.IsEmpty)
                        {
                            break;
                        }

                        ReadOnlyMemory<Load> newest = batch.Length > 8 ? batch[^8..] : batch;
                        window.Enqueue(newest); //~VMS2016
                        if (window.Count > batches)
                        {
                            window.Dequeue();
                        }

                        Changed?.Invoke(window.Average(part => Mean(part.Span)));
                    }
                }

                private static double Mean(ReadOnlySpan<Load> part)
                {
                    double sum = 0;
                    foreach (ref readonly Load load in part)
                    {
                        sum += load.Percent;
                    }

                    return sum / part.Length;
                }
            }
            """,
        ["ReplayLogOfNumberedBatches"] = """
            [Spliceable]
            public partial struct Command { public long Id; public int Code; public int Argument; }

            public sealed class ReplayLog
            {
                private readonly List<(long First, ReadOnlyMemory<Command> Batch)> _log = [];

                public async Task RecordAsync(RecordReader<Command> commands, Func<int, CancellationToken, Task> execute, CancellationToken cancellation)
                {
                    await foreach (ReadOnlyMemory<Command> batch in commands.WithCancellation(cancellation))
                    {
                        _log.Add((commands.RecordsRead - batch.Length, batch)); //~VMS2016
                        for (int i = 0; i < batch.Length; i++)
                        {
                            await execute(batch.Span[i].Code, cancellation);
                        }
                    }
                }

                public IEnumerable<int> Replay(long from)
                {
                    foreach ((long first, ReadOnlyMemory<Command> batch) in _log)
                    {
                        for (int i = 0; i < batch.Length; i++)
                        {
                            if (first + i >= from)
                            {
                                yield return batch.Span[i].Code;
                            }
                        }
                    }
                }
            }
            """,
        ["TestHarnessGathersStreamToArray"] = """
            [Spliceable]
            public partial struct Probe { public long Index; public long Hash; }

            public static class StreamAssert
            {
                public static async Task IsCountedUpAsync(SplicePipe pipe, CancellationToken cancellation)
                {
                    using RecordReader<Probe> reader = Probe.CreateReader(pipe.OpenReader());
                    ReadOnlyMemory<Probe>[] batches = await reader.ToArrayAsync(cancellation); //~VMS2016
                    long expected = 0;
                    foreach (ReadOnlyMemory<Probe> batch in batches)
                    {
                        foreach (Probe probe in batch.Span)
                        {
                            if (probe.Index != expected++)
                            {
                                throw new InvalidOperationException($"{probe.Index} in place of {expected - 1}");
                            }
                        }
                    }
                }
            }
            """,
    };
}
