namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Batches that are kept.</summary>
internal sealed class KeptWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchesKeptByPartition"] = """
            [Spliceable]
            public partial struct Sale { public long Shop; public double Amount; }

            public static class SalesLoader
            {
                public static async Task<double> LargestAsync(RecordReader<Sale> reader)
                {
                    var byShop = new Dictionary<long, ReadOnlyMemory<Sale>>();
                    while (true)
                    {
                        ReadOnlyMemory<Sale> batch = await reader.ReadBatchAsync();
                        if (batch.IsEmpty) break;
                        byShop[batch.Span[0].Shop] = batch; //~VMS2016
                    }

                    double largest = 0;
                    foreach (ReadOnlyMemory<Sale> sales in byShop.Values)
                    {
                        foreach (Sale sale in sales.Span) largest = Math.Max(largest, sale.Amount);
                    }

                    return largest;
                }
            }
            """,
        ["BatchesQueuedForConsumer"] = """
            [Spliceable]
            public partial struct Event { public long Time; public long Kind; }

            public sealed class Ingest
            {
                private readonly BlockingCollection<ReadOnlyMemory<Event>> _work = new();

                public async Task PumpAsync(RecordReader<Event> reader, CancellationToken stop)
                {
                    await foreach (ReadOnlyMemory<Event> batch in reader.WithCancellation(stop))
                    {
                        _work.Add(batch, stop); //~VMS2016
                    }

                    _work.CompleteAdding();
                }

                public long Count()
                {
                    long count = 0;
                    foreach (ReadOnlyMemory<Event> batch in _work.GetConsumingEnumerable()) count += batch.Length;
                    return count;
                }
            }
            """,
        ["BatchesGatheredByTolistasync"] = """
            [Spliceable]
            public partial struct Fill { public long Order; public long Price; public long Quantity; }

            public sealed class FillReport
            {
                public async Task<long> VolumeAsync(RecordReader<Fill> fills, CancellationToken ct)
                {
                    List<ReadOnlyMemory<Fill>> batches = await fills.ToListAsync(ct); //~VMS2016
                    long volume = 0;
                    foreach (ReadOnlyMemory<Fill> batch in batches)
                    {
                        foreach (Fill fill in batch.Span)
                        {
                            volume += fill.Quantity;
                        }
                    }

                    return volume;
                }
            }
            """,
        ["ChannelOfBatchesToWorker"] = """
            [Spliceable]
            public partial struct SpanEvent { public long TraceId; public long Start; public long End; }

            public sealed class TraceReceiver
            {
                private readonly Channel<ReadOnlyMemory<SpanEvent>> _queue = Channel.CreateBounded<ReadOnlyMemory<SpanEvent>>(16);

                public ChannelReader<ReadOnlyMemory<SpanEvent>> Batches => _queue.Reader;

                public async Task ReceiveAsync(RecordReader<SpanEvent> reader, CancellationToken ct)
                {
                    try
                    {
                        await foreach (ReadOnlyMemory<SpanEvent> batch in reader.WithCancellation(ct))
                        {
                            await _queue.Writer.WriteAsync(batch, ct); //~VMS2016
                        }
                    }
                    finally
                    {
                        _queue.Writer.TryComplete();
                    }
                }
            }
            """,
        ["DictionaryOfBatchesByShard"] = """
            [Spliceable]
            public partial struct Row { public int Shard; public int Flags; public long Key; }

            public sealed class ShardMap
            {
                private readonly Dictionary<int, ReadOnlyMemory<Row>> _shards = [];

                public async Task LoadAsync(RecordReader<Row> reader, int shards)
                {
                    for (int i = 0; i < shards; i++)
                    {
                        ReadOnlyMemory<Row> batch = await reader.ReadBatchAsync();
                        int shard = batch.Span[0].Shard;
                        _shards[shard] = batch; //~VMS2016
                    }
                }

                public long Count(int shard) => _shards.TryGetValue(shard, out ReadOnlyMemory<Row> rows) ? rows.Length : 0;
            }
            """,
        ["QueueOfSlicesForReplay"] = """
            [Spliceable]
            public partial struct Input { public long Frame; public int Keys; public int Buttons; }

            public static class ReplayLoader
            {
                public static async ValueTask<Queue<ReadOnlyMemory<Input>>> LoadAsync(RecordReader<Input> reader, long from)
                {
                    var queue = new Queue<ReadOnlyMemory<Input>>();
                    await foreach (var batch in reader)
                    {
                        int skip = 0;
                        while (skip < batch.Length && batch.Span[skip].Frame < from)
                        {
                            skip++;
                        }

                        if (skip == batch.Length)
                        {
                            continue;
                        }

                        queue.Enqueue(batch[skip..]); //~VMS2016
                    }

                    return queue;
                }
            }
            """,
    };
}
