namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers that were given away on some path, or by one of several names.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConfigFanout"] = """
            public sealed class ConfigFanout(IReadOnlyList<SpliceWriter> nodes)
            {
                public int Version { get; private set; }

                /// <summary>Gives a configuration to all nodes, and returns how many lines it has.</summary>
                public int Publish(PageBuffer<byte> configuration)
                {
                    ReadOnlySpan<byte> view;
                    using (FrozenPages<byte> pages = configuration.Freeze())
                    {
                        view = pages.Span;
                        foreach (SpliceWriter node in nodes)
                        {
                            node.Send(pages);
                        }
                    }

                    Version++;
                    return CountLines(view); //~VMS2004
                }

                private static int CountLines(ReadOnlySpan<byte> text)
                {
                    int lines = 0;
                    foreach (byte b in text)
                    {
                        lines += b == '\n' ? 1 : 0;
                    }

                    return lines;
                }
            }
            """,
        ["DoubleBufferedRenderer"] = """
            public sealed class DoubleBufferedRenderer(SpliceWriter viewer, TimeProvider clock)
            {
                public long Frames { get; private set; }

                public async Task RunAsync(PageBuffer<int> front, PageBuffer<int> back, PeriodicTimer frames, CancellationToken stopping)
                {
                    long started = clock.GetTimestamp();
                    while (await frames.WaitForNextTickAsync(stopping))
                    {
                        back.Span.Fill((int)Frames); //~VMS2004
                        await viewer.SendAsync(back);
                        (front, back) = (back, front);
                        Frames++;
                        if (clock.GetElapsedTime(started) > TimeSpan.FromHours(1))
                        {
                            break;
                        }
                    }
                }
            }
            """,
        ["NotificationSender"] = """
            public enum Delivery { Immediate, Deferred, Discard }

            public sealed class NotificationSender(SpliceWriter push)
            {
                private readonly Queue<byte[]> _deferred = new();

                public int Discarded { get; private set; }

                public void Deliver(PageBuffer<byte> message, Delivery delivery, byte status)
                {
                    switch (delivery)
                    {
                        case Delivery.Immediate:
                            push.Send(message);
                            break;
                        case Delivery.Deferred:
                            _deferred.Enqueue(message.Span.ToArray());
                            break;
                        default:
                            Discarded++;
                            break;
                    }

                    message.Span[0] = status; //~VMS2004
                }
            }
            """,
        ["ParallelIndexer"] = """
            [Spliceable]
            public partial struct Posting
            {
                public long Document;
                public int Term;
                public int Position;
            }

            public interface IIndex
            {
                void Add(int term, long document);
            }

            public sealed class ParallelIndexer(RecordReader<Posting> postings, IIndex index)
            {
                public async Task RunAsync(CancellationToken cancellation)
                {
                    List<Task> running = [];
                    await foreach (ReadOnlyMemory<Posting> batch in postings.WithCancellation(cancellation))
                    {
                        running.Add(Task.Run(() => AddAll(batch), cancellation)); //~VMS2004
                    }

                    await Task.WhenAll(running);
                }

                private void AddAll(ReadOnlyMemory<Posting> batch)
                {
                    foreach (ref readonly Posting posting in batch.Span)
                    {
                        index.Add(posting.Term, posting.Document);
                    }
                }
            }
            """,
        ["PrefetchingProxy"] = """
            public interface IRouteTable
            {
                byte TagOf(string route);
            }

            public sealed class PrefetchingProxy(SpliceReader upstream, SpliceWriter downstream, IRouteTable routes)
            {
                private const int PageLength = 64 * 1024;

                public async Task<int> RelayOneAsync(string route)
                {
                    using PageBuffer<byte> page = downstream.Rent<byte>(PageLength);
                    ValueTask<int> receiving = upstream.ReadAsync(page);
                    byte tag = routes.TagOf(route);
                    page.Span[PageLength - 1] = tag; //~VMS2004
                    int count = await receiving;
                    if (count > 0)
                    {
                        downstream.Send(page);
                    }

                    return count;
                }
            }
            """,
        ["SnapshotDiff"] = """
            [Spliceable]
            public partial struct StockLevel
            {
                public long Article;
                public long Quantity;
            }

            public sealed class SnapshotDiff(RecordReader<StockLevel> levels)
            {
                public async Task<long> ShrinkageAsync(CancellationToken cancellation)
                {
                    ReadOnlyMemory<StockLevel> evening = await levels.ReadBatchAsync(cancellation);
                    ReadOnlyMemory<StockLevel> morning = await levels.ReadBatchAsync(cancellation);
                    if (morning.IsEmpty)
                    {
                        return 0;
                    }

                    return Missing(evening.Span, morning.Span); //~VMS2004
                }

                private static long Missing(ReadOnlySpan<StockLevel> before, ReadOnlySpan<StockLevel> after)
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
    };
}
