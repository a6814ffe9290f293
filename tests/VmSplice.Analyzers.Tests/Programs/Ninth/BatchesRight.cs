namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Records that are read in time.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BestBid"] = """
            [Spliceable]
            public partial struct Bid
            {
                public long Time;
                public long Bidder;
                public double Price;
            }

            public sealed class BestBid(RecordReader<Bid> bids)
            {
                public Bid? Find(TimeSpan within)
                {
                    Bid? best = null;
                    long end = long.MaxValue;
                    while (bids.ReadBatch() is { IsEmpty: false } batch)
                    {
                        Bid last = batch[^1];
                        if (end == long.MaxValue)
                        {
                            end = batch[0].Time + within.Ticks;
                        }

                        foreach (Bid bid in batch)
                        {
                            best = best is { } so && so.Price >= bid.Price ? best : bid;
                        }

                        if (last.Time > end)
                        {
                            break;
                        }
                    }

                    return best;
                }
            }
            """,
        ["ClickQueue"] = """
            using System.Threading.Channels;

            [Spliceable]
            public partial struct Click
            {
                public long Time;
                public long Session;
            }

            public sealed class ClickQueue(RecordReader<Click> clicks)
            {
                private readonly Channel<Click[]> _batches = Channel.CreateBounded<Click[]>(64);

                public async Task FillAsync(CancellationToken cancellation)
                {
                    Exception? reason = null;
                    try
                    {
                        while (await clicks.ReadBatchAsync(cancellation) is { IsEmpty: false } batch)
                        {
                            await _batches.Writer.WriteAsync(batch.ToArray(), cancellation);
                        }
                    }
                    catch (RecordStreamException e)
                    {
                        reason = e;
                    }
                    finally
                    {
                        _batches.Writer.Complete(reason);
                    }
                }

                public async Task<int> SessionsAsync(CancellationToken cancellation)
                    => (await _batches.Reader.ReadAllAsync(cancellation).ToListAsync(cancellation))
                        .SelectMany(batch => batch).Select(click => click.Session).Distinct().Count();
            }
            """,
        ["HalvedIndexer"] = """
            [Spliceable]
            public partial struct Term
            {
                public long Document;
                public long Word;
            }

            public interface ITermIndex
            {
                void Add(long word, long document);
            }

            public sealed class HalvedIndexer(RecordReader<Term> terms, ITermIndex index)
            {
                public async Task<long> RunAsync(CancellationToken cancellation)
                {
                    long added = 0;
                    await foreach (ReadOnlyMemory<Term> batch in terms.WithCancellation(cancellation))
                    {
                        int middle = batch.Length / 2;
                        Task left = Task.Run(() => AddAll(batch[..middle]), cancellation);
                        Task right = Task.Run(() => AddAll(batch[middle..]), cancellation);
                        await Task.WhenAll(left, right);
                        added += batch.Length;
                    }

                    return added;
                }

                private void AddAll(ReadOnlyMemory<Term> part)
                {
                    foreach (ref readonly Term term in part.Span)
                    {
                        index.Add(term.Word, term.Document);
                    }
                }
            }
            """,
        ["LedgerCopy"] = """
            [Spliceable]
            public partial record struct LedgerEntry
            {
                public long Account;
                public long Cents;
                public long Version;
            }

            public sealed class LedgerCopy(RecordReader<LedgerEntry> source, RecordWriter<LedgerEntry> target)
            {
                public long Migrate(long version)
                {
                    long total = 0;
                    foreach (ref readonly LedgerEntry entry in source)
                    {
                        LedgerEntry migrated = entry with { Version = version };
                        if (migrated.Cents == 0)
                        {
                            continue;
                        }

                        target.Next() = migrated;
                        migrated.Cents = Math.Abs(migrated.Cents);
                        total += migrated.Cents;
                    }

                    target.Complete();
                    return total;
                }
            }
            """,
        ["RiskClient"] = """
            using System.Diagnostics;

            [Spliceable]
            public partial struct RiskQuestion
            {
                public long Position;
                public double Amount;
            }

            [Spliceable]
            public partial struct RiskAnswer
            {
                public long Position;
                public double Risk;
            }

            public sealed class RiskClient(ProcessStartInfo engine)
            {
                public double Worst(IEnumerable<(long Position, double Amount)> positions)
                {
                    using SpliceLink link = SpliceLink.Start(engine);
                    using RecordWriter<RiskQuestion> questions = RiskQuestion.CreateWriter(link.Writer);
                    using RecordReader<RiskAnswer> answers = RiskAnswer.CreateReader(link.Reader);
                    double worst = 0;
                    foreach ((long position, double amount) in positions)
                    {
                        ref RiskQuestion question = ref questions.Next();
                        question.Position = position;
                        question.Amount = amount;
                        questions.Flush();
                        ReadOnlySpan<RiskAnswer> batch = answers.ReadBatch();
                        if (batch.IsEmpty)
                        {
                            throw new EndOfStreamException("The engine ended its answers.");
                        }

                        worst = Math.Max(worst, batch[0].Risk);
                    }

                    questions.Complete();
                    return worst;
                }
            }
            """,
    };
}
