namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Children and questions that wait for an end.</summary>
internal sealed class ProcessesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChildWaitedForInsideUsingOfItsInput"] = """
            public static class Importer
            {
                public static async Task<int> ImportAsync(IAsyncEnumerable<byte[]> chunks, CancellationToken cancellation)
                {
                    var start = new ProcessStartInfo("psql", ["-c", "copy items from stdin"]) { RedirectStandardInput = true };
                    using Process psql = Process.Start(start)!;
                    using SpliceWriter input = SpliceWriter.OpenChildInput(psql);
                    await foreach (byte[] chunk in chunks.WithCancellation(cancellation))
                    {
                        if (chunk.Length == 0)
                        {
                            break;
                        }

                        PageBuffer<byte> page = input.Rent<byte>(chunk.Length);
                        chunk.CopyTo(page.Span);
                        await input.SendAsync(page, cancellation);
                    }

                    await psql.WaitForExitAsync(cancellation); //~VMS4008
                    return psql.ExitCode;
                }
            }
            """,
        ["QuestionLeftInWriterWhileWaiting"] = """
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
                        ReadOnlySpan<Found> batch = found.ReadBatch(); //~VMS4009
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
        ["AsyncQuestionWrittenNotFlushed"] = """
            [Spliceable]
            public partial struct Word { public long Hash; }

            [Spliceable]
            public partial struct Score { public double Value; }

            public sealed class Scorer(SpliceLink link)
            {
                public async Task<double> ScoreAsync(Word[] words, CancellationToken cancellation)
                {
                    await using RecordWriter<Word> questions = Word.CreateWriter(link.Writer);
                    using RecordReader<Score> answers = Score.CreateReader(link.Reader);
                    double total = 0;
                    await questions.WriteAsync(words, cancellation);
                    ReadOnlyMemory<Score> batch = await answers.ReadBatchAsync(cancellation); //~VMS4009
                    for (int i = 0; i < batch.Length; i++)
                    {
                        total += batch.Span[i].Value;
                    }

                    await questions.CompleteAsync(cancellation);
                    return total;
                }
            }
            """,
        ["QuestionLoopWithoutFlush"] = """
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
                        asks.Next().N = n;
                        ReadOnlySpan<Reply> batch = replies.ReadBatch(); //~VMS4009
                        if (batch.IsEmpty)
                        {
                            throw new EndOfStreamException();
                        }

                        Console.WriteLine($"{n}: {batch[0].Factor}");
                    }

                    asks.Complete();
                }
            }
            """,
        ["SorterWaitedForBeforeItsInputEnds"] = """
            using System.Text;

            public static class External
            {
                public static int Sort(IEnumerable<string> lines, string output)
                {
                    var start = new ProcessStartInfo("sort", ["-o", output]) { RedirectStandardInput = true };
                    using Process child = Process.Start(start)!;
                    using SpliceWriter input = SpliceWriter.OpenChildInput(child);
                    foreach (string line in lines)
                    {
                        input.Write<byte>(Encoding.UTF8.GetBytes(line + "\n"));
                    }

                    child.WaitForExit(); //~VMS4008
                    return child.ExitCode;
                }
            }
            """,
    };
}
