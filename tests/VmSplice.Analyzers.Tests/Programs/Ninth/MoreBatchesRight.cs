namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Records that are read in time.</summary>
internal sealed class MoreBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SessionGroups"] = """
            [Spliceable]
            public partial struct PageView
            {
                public long Session;
                public long Page;
            }

            public sealed class SessionGroups(RecordReader<PageView> views)
            {
                private readonly Dictionary<long, List<PageView>> _sessions = [];
                private IEnumerable<IGrouping<long, PageView>> _last = [];

                public IEnumerable<long> LastSessions => _last.Select(group => group.Key);

                public async Task<int> RunAsync(CancellationToken cancellation)
                {
                    await foreach (ReadOnlyMemory<PageView> batch in views.WithCancellation(cancellation))
                    {
                        PageView[] copy = batch.ToArray();
                        _last = copy.GroupBy(view => view.Session);
                        foreach (IGrouping<long, PageView> group in _last)
                        {
                            if (!_sessions.TryGetValue(group.Key, out List<PageView>? session))
                            {
                                _sessions[group.Key] = session = [];
                            }

                            session.AddRange(group);
                        }
                    }

                    return _sessions.Values.Max(session => session.Count);
                }
            }
            """,
        ["ShrinkageReport"] = """
            [Spliceable]
            public partial struct ShelfLevel
            {
                public long Article;
                public long Quantity;
            }

            public sealed class ShrinkageReport(RecordReader<ShelfLevel> levels)
            {
                public async Task<long> CompareAsync(CancellationToken cancellation)
                {
                    ShelfLevel[] evening = (await levels.ReadBatchAsync(cancellation)).ToArray();
                    ReadOnlyMemory<ShelfLevel> morning = await levels.ReadBatchAsync(cancellation);
                    return morning.IsEmpty ? 0 : Missing(evening, morning.Span);
                }

                private static long Missing(ReadOnlySpan<ShelfLevel> before, ReadOnlySpan<ShelfLevel> after)
                {
                    long missing = 0;
                    for (int i = 0; i < Math.Min(before.Length, after.Length); i++)
                    {
                        missing += Math.Max(0, before[i].Quantity - after[i].Quantity);
                    }

                    return missing;
                }
            }
            """,
        ["TopicCounter"] = """
            [Spliceable]
            public partial struct TopicMessage
            {
                public long Offset;
                public SpliceText Topic;
            }

            public sealed class TopicCounter(RecordReader<TopicMessage> messages)
            {
                public (string Longest, Dictionary<string, long> Counts) Count()
                {
                    Dictionary<string, long> counts = [];
                    string longest = "";
                    while (messages.ReadBatch() is { IsEmpty: false } batch)
                    {
                        foreach (ref readonly TopicMessage message in batch)
                        {
                            ReadOnlySpan<byte> utf8 = messages.GetText(message.Topic);
                            if (utf8.StartsWith("$SYS/"u8))
                            {
                                continue;
                            }

                            string topic = messages.GetString(message.Topic);
                            counts[topic] = counts.GetValueOrDefault(topic) + 1;
                            if (topic.Length > longest.Length)
                            {
                                longest = topic;
                            }
                        }
                    }

                    return (longest, counts);
                }
            }
            """,
        ["TradeFeed"] = """
            using System.Runtime.CompilerServices;

            [Spliceable]
            public partial struct Trade
            {
                public long Time;
                public double Price;
                public double Quantity;
            }

            public sealed class TradeFeed(Func<CancellationToken, Task<SpliceReader>> connect)
            {
                public async IAsyncEnumerable<Trade> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
                {
                    using RecordReader<Trade> trades = Trade.CreateReader(await connect(cancellation));
                    await foreach (ReadOnlyMemory<Trade> batch in trades.WithCancellation(cancellation))
                    {
                        for (int i = 0; i < batch.Length; i++)
                        {
                            yield return batch.Span[i];
                        }
                    }
                }

                public async Task<List<Trade>> LargestAsync(int count, CancellationToken cancellation)
                    => await ReadAsync(cancellation).OrderByDescending(trade => trade.Quantity).Take(count).ToListAsync(cancellation);
            }
            """,
        ["WriterFactory"] = """
            public interface IRecordStreams
            {
                RecordWriter<T> Open<T>(string name)
                    where T : unmanaged, ISpliceable<T>;
            }

            public sealed class FifoStreams(string folder) : IRecordStreams
            {
                public RecordWriter<T> Open<T>(string name)
                    where T : unmanaged, ISpliceable<T>
                {
                    SpliceWriter pipe = SpliceWriter.OpenFifo(Path.Combine(folder, name), new() { Reader = PipeReaderKind.Copying });
                    return new RecordWriter<T>(pipe);
                }
            }

            public static class RecordStreams
            {
                public static async Task CopyAsync<T>(this IRecordStreams streams, string name, RecordReader<T> source, CancellationToken cancellation)
                    where T : unmanaged, ISpliceable<T>
                {
                    await using RecordWriter<T> target = streams.Open<T>(name);
                    T[] block = new T[256];
                    await foreach (ReadOnlyMemory<T> batch in source.WithCancellation(cancellation))
                    {
                        for (int i = 0; i < batch.Length; i += block.Length)
                        {
                            int count = Math.Min(block.Length, batch.Length - i);
                            batch.Slice(i, count).CopyTo(block);
                            await target.WriteAsync(block.AsMemory(0, count), cancellation);
                        }
                    }

                    await target.CompleteAsync(cancellation);
                }
            }
            """,
    };
}
