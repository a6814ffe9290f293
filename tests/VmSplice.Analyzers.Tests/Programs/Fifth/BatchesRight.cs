namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Batches of readers, and right.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["QuestionFlushedThenAnswerRead"] = """
            [Spliceable]
            public partial struct Query { public long Key; }

            [Spliceable]
            public partial struct Row { public long Key; public double Value; }

            public static class LookupClient
            {
                public static async Task<double[]> LookUpAsync(ProcessStartInfo worker, long[] keys, CancellationToken cancellation)
                {
                    using SpliceLink link = SpliceLink.Start(worker);
                    using RecordWriter<Query> queries = Query.CreateWriter(link.Writer);
                    using RecordReader<Row> rows = Row.CreateReader(link.Reader);
                    double[] values = new double[keys.Length];
                    for (int i = 0; i < keys.Length; i++)
                    {
                        queries.Write(new Query { Key = keys[i] });
                        await queries.FlushAsync(cancellation);
                        ReadOnlyMemory<Row> batch = await rows.ReadBatchAsync(cancellation);
                        values[i] = batch.IsEmpty ? throw new EndOfStreamException() : batch.Span[0].Value;
                    }

                    await queries.CompleteAsync(cancellation);
                    return values;
                }
            }
            """,
        ["AsyncIteratorPassesBatchThrough"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public double Value; }

            public static class Stages
            {
                // Each part is valid until the consumer asks for the next one.
                public static async IAsyncEnumerable<ReadOnlyMemory<Sample>> SinceAsync(
                    this RecordReader<Sample> source, long time, [EnumeratorCancellation] CancellationToken cancellation = default)
                {
                    await foreach (ReadOnlyMemory<Sample> batch in source.WithCancellation(cancellation))
                    {
                        int first = 0;
                        while (first < batch.Length && batch.Span[first].Time < time)
                        {
                            first++;
                        }

                        if (first < batch.Length)
                        {
                            yield return batch[first..];
                        }
                    }
                }

                public static async Task<double> SumSinceAsync(RecordReader<Sample> source, long time, CancellationToken cancellation)
                {
                    double sum = 0;
                    await foreach (ReadOnlyMemory<Sample> part in source.SinceAsync(time, cancellation))
                    {
                        foreach (Sample sample in part.Span)
                        {
                            sum += sample.Value;
                        }
                    }

                    return sum;
                }
            }
            """,
        ["AsyncIteratorPreviousRecordByValue"] = """
            [Spliceable]
            public partial struct Sample { public long Time; public double Value; }

            public sealed class Silence(RecordReader<Sample> source, long threshold)
            {
                public async IAsyncEnumerable<(Sample Before, Sample After)> PausesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
                {
                    Sample? before = null;
                    await foreach (ReadOnlyMemory<Sample> batch in source.WithCancellation(cancellation))
                    {
                        for (int i = 0; i < batch.Length; i++)
                        {
                            Sample now = batch.Span[i];
                            if (before is { } old && now.Time - old.Time > threshold)
                            {
                                yield return (old, now);
                            }

                            before = now;
                        }
                    }
                }
            }
            """,
        ["BestTradeCopiedPerBatch"] = """
            [Spliceable]
            public partial struct Trade { public long Id; public double Price; public int Size; public int Venue; }

            public static class BestTrade
            {
                public static Trade Find(RecordReader<Trade> trades)
                {
                    Trade best = default;
                    while (trades.ReadBatch() is { IsEmpty: false } batch)
                    {
                        ref readonly Trade candidate = ref batch[0];
                        foreach (ref readonly Trade trade in batch)
                        {
                            if (trade.Price > candidate.Price)
                            {
                                candidate = ref trade;
                            }
                        }

                        if (candidate.Price > best.Price)
                        {
                            best = candidate;
                        }
                    }

                    return best;
                }
            }
            """,
        ["BrokerMessagesEncodedOneBehind"] = """
            [Spliceable]
            public partial struct Event { public long Id; public long Time; }

            public sealed class BrokerBridge(RecordReader<Event> events, Action<ReadOnlyMemory<byte>, bool> publish)
            {
                private readonly Queue<ReadOnlyMemory<byte>> _encoded = new();

                public void Run()
                {
                    while (events.ReadBatch() is { IsEmpty: false } batch)
                    {
                        ArrayBufferWriter<byte> message = new();
                        RecordCodec.Encode(batch, message);
                        _encoded.Enqueue(message.WrittenMemory);
                        if (_encoded.Count > 1)
                        {
                            publish(_encoded.Dequeue(), false);
                        }
                    }

                    if (_encoded.TryDequeue(out ReadOnlyMemory<byte> last))
                    {
                        publish(last, true);
                    }
                }
            }
            """,
        ["ChannelOfPooledCopiesBetweenStages"] = """
            [Spliceable]
            public partial struct Reading { public long Sensor; public double Value; }

            public sealed class TwoStagePipeline(RecordReader<Reading> readings)
            {
                private readonly Channel<(Reading[] Pooled, int Count)> _stage = Channel.CreateBounded<(Reading[], int)>(8);

                public async Task<double> RunAsync(CancellationToken cancellation)
                {
                    Task<double> summing = SumAsync(cancellation);
                    await foreach (ReadOnlyMemory<Reading> batch in readings.WithCancellation(cancellation))
                    {
                        Reading[] pooled = ArrayPool<Reading>.Shared.Rent(batch.Length);
                        batch.CopyTo(pooled);
                        await _stage.Writer.WriteAsync((pooled, batch.Length), cancellation);
                    }

                    _stage.Writer.Complete();
                    return await summing;
                }

                private async Task<double> SumAsync(CancellationToken cancellation)
                {
                    double sum = 0;
                    await foreach ((Reading[] pooled, int count) in _stage.Reader.ReadAllAsync(cancellation))
                    {
                        foreach (Reading reading in pooled.AsSpan(0, count))
                        {
                            sum += reading.Value;
                        }

                        ArrayPool<Reading>.Shared.Return(pooled);
                    }

                    return sum;
                }
            }
            """,
        ["GapDetectorLastPacketByValue"] = """
            [Spliceable]
            public partial struct Packet { public long Sequence; public long ReceivedAt; }

            public static class GapDetector
            {
                public static int Run(RecordReader<Packet> feed)
                {
                    int gaps = 0;
                    Packet? last = null;
                    for (; ; )
                    {
                        ReadOnlySpan<Packet> current = feed.ReadBatch();
                        if (current.IsEmpty)
                        {
                            return gaps;
                        }

                        if (last is { } previous && current[0].Sequence != previous.Sequence + 1)
                        {
                            gaps++;
                        }

                        for (int i = 1; i < current.Length; i++)
                        {
                            gaps += current[i].Sequence == current[i - 1].Sequence + 1 ? 0 : 1;
                        }

                        last = current[^1];
                    }
                }
            }
            """,
    };
}
