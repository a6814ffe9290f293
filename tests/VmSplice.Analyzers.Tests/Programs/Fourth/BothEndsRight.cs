namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Programs with both ends of a stream of records, and right.</summary>
internal sealed class BothEndsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["QuestionFlushedByHelperBeforeAnswer"] = """
            [Spliceable]
            public partial struct Lookup { public long Key; public int Table; public int Flags; }

            [Spliceable]
            public partial struct Found { public long Value; }

            public static class LookupClient
            {
                public static List<long> AskEach(ProcessStartInfo worker, IEnumerable<long> keys)
                {
                    using SpliceLink link = SpliceLink.Start(worker);
                    using var lookups = Lookup.CreateWriter(link.Writer);
                    using var found = Found.CreateReader(link.Reader);
                    List<long> values = [];
                    foreach (long key in keys)
                    {
                        lookups.Write(new Lookup { Key = key, Table = 1 });
                        lookups.Flush();
                        ReadOnlySpan<Found> batch = found.ReadBatch();
                        if (batch.IsEmpty)
                        {
                            break;
                        }

                        values.Add(batch[0].Value);
                    }

                    lookups.Complete();
                    return values;
                }
            }
            """,
        ["AllQuestionsCompletedThenAnswers"] = """
            [Spliceable]
            public partial struct Word { public long Hash; }

            [Spliceable]
            public partial struct Score { public double Value; }

            public sealed class Scorer(SpliceLink link)
            {
                public async Task<double> ScoreAsync(Word[] words, CancellationToken cancellation)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(words.Length, 100);
                    await using RecordWriter<Word> questions = Word.CreateWriter(link.Writer);
                    using RecordReader<Score> answers = Score.CreateReader(link.Reader);
                    ValueTask asking = questions.WriteAsync(words, cancellation);
                    await asking;
                    await questions.CompleteAsync(cancellation);
                    double total = 0;
                    await foreach (ReadOnlyMemory<Score> batch in answers.WithCancellation(cancellation))
                    {
                        for (int i = 0; i < batch.Length; i++)
                        {
                            total += batch.Span[i].Value;
                        }
                    }

                    return total;
                }
            }
            """,
        ["QuestionLoopWithFlushInHelper"] = """
            [Spliceable]
            public partial struct Ask { public long N; }

            [Spliceable]
            public partial struct Reply { public long N; public long Factor; }

            public static class Factorizer
            {
                public static void Run(ProcessStartInfo worker, long from, long to)
                {
                    using SpliceLink link = SpliceLink.Start(worker);
                    using RecordWriter<Ask> asks = Ask.CreateWriter(link.Writer);
                    using RecordReader<Reply> replies = Reply.CreateReader(link.Reader);
                    for (long n = from; n < to; n++)
                    {
                        Question(asks, n);
                        ReadOnlySpan<Reply> batch = replies.ReadBatch();
                        if (batch.IsEmpty)
                        {
                            throw new EndOfStreamException();
                        }

                        Console.WriteLine($"{n}: {batch[0].Factor}");
                    }

                    asks.Complete();
                }

                private static void Question(RecordWriter<Ask> asks, long n)
                {
                    asks.Next().N = n;
                    asks.Flush();
                }
            }
            """,
    };
}
