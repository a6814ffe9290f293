namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Records that are read in time.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GreetingCopied"] = """
            namespace Logs.Compaction;

            [Spliceable]
            public partial struct LogLine { public long Time; public int Level; public int Thread; public SpliceText Message; }

            public static class Deduplicator
            {
                public static bool WasRestarted(SpliceReader pipe)
                {
                    using RecordReader<LogLine> lines = LogLine.CreateReader(pipe);
                    ReadOnlySpan<LogLine> batch = lines.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return false;
                    }

                    byte[] greeting = lines.GetText(batch[0].Message).ToArray();
                    string? source = batch[0].Level > 2 ? lines.GetString(batch[0].Message) : null;
                    batch = lines.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        return false;
                    }

                    ReadOnlySpan<byte> first = lines.GetText(batch[0].Message);
                    return first.SequenceEqual(greeting) || (source is not null && lines.GetString(batch[^1].Message) == source);
                }
            }
            """,
        ["CursorOverBatches"] = """
            namespace Market.Cursors;

            [Spliceable]
            public partial struct Trade { public long Time; public double Price; }

            // One record after another; the current one is valid until the cursor moves.
            public ref struct TradeCursor(RecordReader<Trade> reader)
            {
                private readonly RecordReader<Trade> _reader = reader;
                private ReadOnlySpan<Trade> _batch;
                private int _at;

                public readonly ref readonly Trade Current => ref _batch[_at];

                public bool MoveNext()
                {
                    if (_at + 1 < _batch.Length)
                    {
                        _at++;
                        return true;
                    }

                    _batch = _reader.ReadBatch();
                    _at = 0;
                    return !_batch.IsEmpty;
                }
            }

            public static class Spread
            {
                public static double Largest(SpliceReader pipe)
                {
                    using RecordReader<Trade> trades = Trade.CreateReader(pipe);
                    TradeCursor cursor = new(trades);
                    (double low, double high) = (double.MaxValue, double.MinValue);
                    while (cursor.MoveNext())
                    {
                        double price = cursor.Current.Price;
                        low = Math.Min(low, price);
                        high = Math.Max(high, price);
                    }

                    return Math.Max(high - low, 0);
                }
            }
            """,
        ["GapByNumber"] = """
            namespace Market.Quality;

            [Spliceable]
            public partial struct Trade { public long Sequence; public double Price; }

            public sealed class GapDetector
            {
                public long Missing { get; private set; }

                public Trade? Last { get; private set; }

                public void Run(SpliceReader pipe)
                {
                    using RecordReader<Trade> trades = Trade.CreateReader(pipe);
                    Trade previous = default;
                    bool hasPrevious = false;
                    while (trades.ReadBatch() is { IsEmpty: false } batch)
                    {
                        if (hasPrevious)
                        {
                            Missing += batch[0].Sequence - previous.Sequence - 1;
                        }

                        ReadOnlySpan<Trade> rest = batch[1..];
                        for (int i = 0; i < rest.Length; i++)
                        {
                            Missing += rest[i].Sequence - batch[i].Sequence - 1;
                        }

                        previous = batch[^1];       // a copy of the record
                        hasPrevious = true;
                    }

                    Last = hasPrevious ? previous : null;
                }
            }
            """,
        ["WindowsCopied"] = """
            namespace Analytics.Windows;

            [Spliceable]
            public partial struct Click { public long Time; public long Page; }

            public static class ClickWindows
            {
                private static long MinuteOf(in Click click) => click.Time / TimeSpan.TicksPerMinute;

                public static async Task<Dictionary<long, ReadOnlyMemory<Click>>> ByMinuteAsync(
                    RecordReader<Click> clicks, CancellationToken cancellation)
                {
                    Dictionary<long, ReadOnlyMemory<Click>> windows = [];
                    while (true)
                    {
                        ReadOnlyMemory<Click> batch = await clicks.ReadBatchAsync(cancellation);
                        if (batch.IsEmpty)
                        {
                            return windows;
                        }

                        long minute = MinuteOf(in batch.Span[0]);
                        windows[minute] = windows.TryGetValue(minute, out ReadOnlyMemory<Click> before)
                            ? (Click[])[.. before.Span, .. batch.Span]
                            : batch.ToArray();
                    }
                }
            }
            """,
        ["WorkAwaitedInRound"] = """
            namespace Search.Indexing;

            [Spliceable]
            public partial struct Posting { public long Document; public int Term; public int Weight; }

            public sealed class Indexer
            {
                private readonly Dictionary<int, long> _weights = [];

                private long Sum(ReadOnlySpan<Posting> batch)
                {
                    long sum = 0;
                    foreach (ref readonly Posting posting in batch)
                    {
                        sum += posting.Weight;
                        lock (_weights)
                        {
                            _weights[posting.Term] = _weights.GetValueOrDefault(posting.Term) + posting.Weight;
                        }
                    }

                    return sum;
                }

                public async Task<long> RunAsync(RecordReader<Posting> postings, CancellationToken cancellation)
                {
                    long sum = 0;
                    List<Task<long>> background = [];
                    await foreach (ReadOnlyMemory<Posting> batch in postings.WithCancellation(cancellation))
                    {
                        int half = batch.Length / 2;
                        ReadOnlyMemory<Posting> low = batch[..half], high = batch[half..];
                        Task<long> first = Task.Run(() => Sum(low.Span), CancellationToken.None);
                        sum += Sum(high.Span);
                        sum += await first;

                        Posting[] last = batch[^1..].ToArray();
                        background.Add(Task.Run(() => Sum(last), CancellationToken.None));
                    }

                    return sum + (await Task.WhenAll(background)).Sum();
                }
            }
            """,
    };
}
