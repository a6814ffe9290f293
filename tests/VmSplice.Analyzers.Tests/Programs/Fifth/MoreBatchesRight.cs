namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Batches of readers, and right.</summary>
internal sealed class MoreBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GeocoderCompletesRequestsBeforeReplies"] = """
            [Spliceable]
            public partial struct Place { public double Latitude; public double Longitude; }

            [Spliceable]
            public partial struct Zone { public long Id; public long Country; }

            public sealed class Geocoder(Func<SpliceLink> connect)
            {
                public async Task<List<long>> CodeAsync(Place[] places, CancellationToken cancellation)
                {
                    using SpliceLink link = connect();
                    await using RecordWriter<Place> requests = Place.CreateWriter(link.Writer);
                    using RecordReader<Zone> replies = Zone.CreateReader(link.Reader);
                    Task sending = SendAsync();
                    List<long> zones = new(places.Length);
                    await foreach (ReadOnlyMemory<Zone> batch in replies.WithCancellation(cancellation))
                    {
                        foreach (Zone zone in batch.Span)
                        {
                            zones.Add(zone.Id);
                        }
                    }

                    await sending;
                    return zones;

                    async Task SendAsync()
                    {
                        await requests.WriteAsync(places, cancellation);
                        await requests.CompleteAsync(cancellation);
                    }
                }
            }
            """,
        ["HistogramTasksAwaitedWithinTheRound"] = """
            [Spliceable]
            public partial struct Latency { public long Start; public long End; }

            public sealed class LatencyHistogram(int workers)
            {
                public async Task<long> SumAsync(RecordReader<Latency> source, CancellationToken cancellation)
                {
                    long sum = 0;
                    await foreach (ReadOnlyMemory<Latency> batch in source.WithCancellation(cancellation))
                    {
                        List<Task<long>> parts = new(workers);
                        int each = (batch.Length / workers) + 1;
                        for (int first = 0; first < batch.Length; first += each)
                        {
                            ReadOnlyMemory<Latency> part = batch.Slice(first, Math.Min(each, batch.Length - first));
                            parts.Add(Task.Run(() => Sum(part.Span), cancellation));
                        }

                        sum += (await Task.WhenAll(parts)).Sum();
                    }

                    return sum;
                }

                private static long Sum(ReadOnlySpan<Latency> part)
                {
                    long sum = 0;
                    foreach (ref readonly Latency one in part)
                    {
                        sum += one.End - one.Start;
                    }

                    return sum;
                }
            }
            """,
        ["HostsCountedByOwnedStrings"] = """
            [Spliceable]
            public partial struct Access { public long Time; public SpliceText Host; public SpliceText Path; }

            public static class TopHosts
            {
                public static IReadOnlyList<(string Host, int Count)> Find(RecordReader<Access> accesses, int most)
                {
                    Dictionary<string, int> counts = [];
                    string? last = null;
                    foreach (ref readonly Access access in accesses)
                    {
                        string host = accesses.GetString(access.Host);
                        if (host == last)
                        {
                            counts[last]++;
                            continue;
                        }

                        counts[host] = counts.GetValueOrDefault(host) + 1;
                        last = host;
                    }

                    return counts.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value).Take(most).ToList();
                }
            }
            """,
        ["LastRecordPerVenueDictionary"] = """
            namespace D094;

            [Spliceable]
            public partial struct Tick { public long Time; public double Price; public int Venue; public int Size; }

            public sealed class VenueCache(RecordReader<Tick> ticks)
            {
                private readonly Dictionary<int, Tick> _latest = [];
                private readonly Dictionary<int, Tick[]> _history = [];

                public async Task RunAsync(CancellationToken cancellation)
                {
                    await foreach (ReadOnlyMemory<Tick> batch in ticks.WithCancellation(cancellation))
                    {
                        foreach (ref readonly Tick tick in batch.Span)
                        {
                            CollectionsMarshal.GetValueRefOrAddDefault(_latest, tick.Venue, out _) = tick;
                        }

                        _history[batch.Span[0].Venue] = batch.ToArray();
                    }
                }

                public double? LastOf(int venue) => _latest.TryGetValue(venue, out Tick tick) ? tick.Price : null;
            }
            """,
        ["MergeJoinOfTwoReaders"] = """
            [Spliceable]
            public partial struct Pair { public long Key; public double Value; }

            public static class MergeJoin
            {
                public static double Run(RecordReader<Pair> left, RecordReader<Pair> right)
                {
                    double sum = 0;
                    ReadOnlySpan<Pair> lefts = left.ReadBatch();
                    ReadOnlySpan<Pair> rights = right.ReadBatch();
                    while (!lefts.IsEmpty && !rights.IsEmpty)
                    {
                        switch (lefts[0].Key.CompareTo(rights[0].Key))
                        {
                            case 0:
                                sum += lefts[0].Value * rights[0].Value;
                                lefts = lefts[1..];
                                rights = rights[1..];
                                break;
                            case < 0:
                                lefts = lefts[1..];
                                break;
                            default:
                                rights = rights[1..];
                                break;
                        }

                        if (lefts.IsEmpty)
                        {
                            lefts = left.ReadBatch();
                        }

                        if (rights.IsEmpty)
                        {
                            rights = right.ReadBatch();
                        }
                    }

                    return sum;
                }
            }
            """,
        ["MovingAverageQueueOfMeans"] = """
            [Spliceable]
            public partial struct Load { public long Time; public double Percent; }

            public sealed class MovingAverage(int batches)
            {
                private readonly Queue<(long Time, double Mean)> _window = new();

                public event Action<double>? Changed;

                public async Task RunAsync(RecordReader<Load> loads, CancellationToken cancellation)
                {
                    await foreach (ReadOnlyMemory<Load> batch in loads.WithCancellation(cancellation))
                    {
                        ReadOnlyMemory<Load> newest = batch.Length > 8 ? batch[^8..] : batch;
                        _window.Enqueue((newest.Span[^1].Time, Mean(newest.Span)));
                        while (_window.Count > batches)
                        {
                            _window.Dequeue();
                        }

                        Changed?.Invoke(_window.Average(part => part.Mean));
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
    };
}
