namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Batches of readers, and right.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchesCopiedIntoChannel"] = """
            [Spliceable]
            public partial struct Event { public long Time; public long Kind; }

            public sealed class Ingest
            {
                private readonly Channel<Event[]> _work = Channel.CreateBounded<Event[]>(16);

                public ChannelReader<Event[]> Work => _work.Reader;

                public async Task PumpAsync(RecordReader<Event> reader, CancellationToken stop)
                {
                    await foreach (ReadOnlyMemory<Event> batch in reader.WithCancellation(stop))
                    {
                        await _work.Writer.WriteAsync(batch.ToArray(), stop);
                    }

                    _work.Writer.Complete();
                }
            }
            """,
        ["FirstMessageKeptAsString"] = """
            [Spliceable]
            public partial struct Entry { public long Time; public SpliceText Message; }

            public static class Tail
            {
                public static List<string> Heads(RecordReader<Entry> entries)
                {
                    List<string> heads = [];
                    while (entries.ReadBatch() is { IsEmpty: false } batch)
                    {
                        ReadOnlySpan<byte> text = entries.GetText(batch[0].Message);
                        bool tagged = text.StartsWith("warn:"u8);
                        string head = entries.GetString(batch[0].Message);
                        heads.Add(tagged ? head["warn:".Length..] : head);
                    }

                    return heads;
                }
            }
            """,
        ["FirstRowCopiedBeforeRest"] = """
            [Spliceable]
            public partial struct Row { public long Key; public double Value; }

            public static class Loader
            {
                public static (long Key, double Sum) Load(RecordReader<Row> reader)
                {
                    ReadOnlySpan<Row> batch = reader.ReadBatch();
                    if (batch.IsEmpty)
                    {
                        throw new EndOfStreamException();
                    }

                    Row first = batch[0];
                    double sum = 0;
                    for (; !batch.IsEmpty; batch = reader.ReadBatch())
                    {
                        foreach (ref readonly Row row in batch) sum += row.Value;
                    }

                    return (first.Key, sum);
                }
            }
            """,
        ["QuestionFlushedBeforeAnswer"] = """
            [Spliceable]
            public partial struct Job { public long Id; public long Input; }

            [Spliceable]
            public partial struct Outcome { public long Id; public long Output; }

            public static class Evaluator
            {
                public static long Evaluate(string program, ReadOnlySpan<long> inputs)
                {
                    using SpliceLink link = SpliceLink.Start(new ProcessStartInfo(program));
                    using RecordWriter<Job> jobs = Job.CreateWriter(link.Writer);
                    using RecordReader<Outcome> outcomes = Outcome.CreateReader(link.Reader);
                    long sum = 0;
                    for (int i = 0; i < inputs.Length; i++)
                    {
                        ref Job job = ref jobs.Next();
                        job.Id = i;
                        job.Input = inputs[i];
                        jobs.Flush();
                        ReadOnlySpan<Outcome> answer = outcomes.ReadBatch();
                        if (answer.IsEmpty) break;
                        sum += answer[0].Output;
                    }

                    jobs.Complete();
                    return sum;
                }
            }
            """,
        ["WorkersAwaitedBeforeNextBatch"] = """
            [Spliceable]
            public partial struct Hit { public long Url; public long Bytes; }

            public sealed class HitCounter
            {
                private long _bytes;

                public async Task<long> CountAsync(RecordReader<Hit> reader)
                {
                    while (true)
                    {
                        ReadOnlyMemory<Hit> batch = await reader.ReadBatchAsync();
                        if (batch.IsEmpty) break;
                        int half = batch.Length / 2;
                        await Task.WhenAll(Task.Run(() => Add(batch[..half])), Task.Run(() => Add(batch[half..])));
                    }

                    return _bytes;
                }

                private void Add(ReadOnlyMemory<Hit> part)
                {
                    long sum = 0;
                    foreach (Hit hit in part.Span) sum += hit.Bytes;
                    Interlocked.Add(ref _bytes, sum);
                }
            }
            """,
        ["BaselineCopiedIntoStack"] = """
            [Spliceable]
            public partial struct Spectrum { public long Id; public SpliceList<float> Bins; }

            public static class SpectrumDiff
            {
                public static float Largest(RecordReader<Spectrum> reader)
                {
                    Span<float> buffer = stackalloc float[256];
                    ReadOnlySpan<float> bins = reader.GetList(reader.ReadBatch()[0].Bins);
                    int length = Math.Min(bins.Length, buffer.Length);
                    bins[..length].CopyTo(buffer);
                    ReadOnlySpan<float> baseline = buffer[..length];
                    float largest = 0;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        bins = reader.GetList(batch[^1].Bins);
                        for (int i = 0; i < Math.Min(bins.Length, baseline.Length); i++)
                        {
                            largest = MathF.Max(largest, MathF.Abs(bins[i] - baseline[i]));
                        }
                    }

                    return largest;
                }
            }
            """,
        ["BatchIndexedInParallelAndAwaited"] = """
            [Spliceable]
            public partial struct Hit { public long DocumentId; public double Score; }

            public sealed class Indexer
            {
                private long _indexed;

                public async Task RunAsync(RecordReader<Hit> hits, int workers)
                {
                    Task[] work = new Task[workers];
                    for (ReadOnlyMemory<Hit> batch = await hits.ReadBatchAsync(); !batch.IsEmpty; batch = await hits.ReadBatchAsync())
                    {
                        ReadOnlyMemory<Hit> whole = batch;
                        int share = (whole.Length + workers - 1) / workers;
                        for (int w = 0; w < workers; w++)
                        {
                            int from = Math.Min(w * share, whole.Length);
                            int to = Math.Min(from + share, whole.Length);
                            work[w] = Task.Run(() => Index(whole[from..to].Span));
                        }

                        await Task.WhenAll(work);
                    }
                }

                private void Index(ReadOnlySpan<Hit> part)
                {
                    foreach (ref readonly Hit hit in part)
                    {
                        Interlocked.Add(ref _indexed, hit.DocumentId);
                    }
                }
            }
            """,
        ["BestOfEachBatchByRef"] = """
            [Spliceable]
            public partial struct Score { public long Player; public long Points; }

            public static class Leaders
            {
                public static List<Score> PerBatch(RecordReader<Score> scores)
                {
                    List<Score> leaders = [];
                    while (true)
                    {
                        ReadOnlySpan<Score> batch = scores.ReadBatch();
                        if (batch.IsEmpty)
                        {
                            return leaders;
                        }

                        ref readonly Score best = ref batch[0];
                        for (int i = 1; i < batch.Length; i++)
                        {
                            if (batch[i].Points > best.Points)
                            {
                                best = ref batch[i];
                            }
                        }

                        leaders.Add(best);
                    }
                }
            }
            """,
    };
}
