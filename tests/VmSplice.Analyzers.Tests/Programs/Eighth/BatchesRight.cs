namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Batches that are read, and right.</summary>
internal sealed class BatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FactorClient"] = """
            // Science: the questions of a group are flushed before their answers are read.
            [Spliceable]
            public partial struct ToFactor { public long Number; }

            [Spliceable]
            public partial struct Factored { public long Number; public long Smallest; }

            public static class FactorClient
            {
                public static Dictionary<long, long> Ask(ProcessStartInfo start, IEnumerable<long> numbers)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    using RecordWriter<ToFactor> questions = ToFactor.CreateWriter(link.Writer);
                    using RecordReader<Factored> answers = Factored.CreateReader(link.Reader);
                    Dictionary<long, long> found = [];
                    foreach (long[] group in numbers.Chunk(64))
                    {
                        foreach (long number in group)
                        {
                            questions.Next().Number = number;
                        }

                        questions.Flush();
                        int missing = group.Length;
                        while (missing > 0)
                        {
                            ReadOnlySpan<Factored> batch = answers.ReadBatch();
                            if (batch.IsEmpty)
                            {
                                throw new EndOfStreamException();
                            }

                            foreach (ref readonly Factored answer in batch)
                            {
                                found[answer.Number] = answer.Smallest;
                            }

                            missing -= batch.Length;
                        }
                    }

                    questions.Complete();
                    return found;
                }
            }
            """,
        ["LastOfBatch"] = """
            // Sensors: a record is copied out of the batch before the reader moves on.
            [Spliceable]
            public partial struct GasReading { public long Time; public double Ppm; }

            public static class LastOfBatch
            {
                public static double LargestJump(RecordReader<GasReading> reader)
                {
                    GasReading previous = default;
                    bool any = false;
                    double largest = 0;
                    while (reader.ReadBatch() is { IsEmpty: false } batch)
                    {
                        GasReading first = batch[0];
                        if (any)
                        {
                            largest = Math.Max(largest, Math.Abs(first.Ppm - previous.Ppm));
                        }

                        previous = batch[^1];
                        any = true;
                    }

                    return largest;
                }
            }
            """,
        ["MergeStreams"] = """
            // Logs: two sorted streams become one; each reader's batch lives until that reader moves on.
            [Spliceable]
            public partial struct Stamp { public long Time; public long Source; }

            public static class MergeStreams
            {
                public static long Merge(RecordReader<Stamp> left, RecordReader<Stamp> right, RecordWriter<Stamp> output)
                {
                    long count = 0;
                    int i = 0, j = 0;
                    ReadOnlySpan<Stamp> a = left.ReadBatch();
                    ReadOnlySpan<Stamp> b = right.ReadBatch();
                    while (!a.IsEmpty || !b.IsEmpty)
                    {
                        bool takeLeft = b.IsEmpty || (!a.IsEmpty && a[i].Time <= b[j].Time);
                        output.Next() = takeLeft ? a[i++] : b[j++];
                        count++;
                        if (i == a.Length && !a.IsEmpty)
                        {
                            a = left.ReadBatch();
                            i = 0;
                        }

                        if (j == b.Length && !b.IsEmpty)
                        {
                            b = right.ReadBatch();
                            j = 0;
                        }
                    }

                    output.Complete();
                    return count;
                }
            }
            """,
        ["NamesOfHosts"] = """
            // Monitoring: texts are looked at in place, and only strings are kept.
            [Spliceable]
            public partial struct HostLine { public long Time; public SpliceText Host; public SpliceList<int> Ports; }

            public static class NamesOfHosts
            {
                public static SortedDictionary<string, int[]> Collect(SpliceReader pipe)
                {
                    SortedDictionary<string, int[]> all = [];
                    using var lines = new RecordReader<HostLine>(pipe);
                    foreach (ref readonly HostLine line in lines)
                    {
                        ReadOnlySpan<byte> host = lines.GetText(line.Host);
                        if (host.IsEmpty || host[0] == (byte)'#')
                        {
                            continue;
                        }

                        all[lines.GetString(line.Host)] = lines.GetList(line.Ports).ToArray();
                    }

                    return all;
                }
            }
            """,
        ["PooledBatches"] = """
            // Analytics: the work of each batch is awaited before the next is asked for; what is kept is a copy.
            [Spliceable]
            public partial struct Click { public long User; public long Page; }

            public static class PooledBatches
            {
                public static async Task<(long Users, List<Click[]> Kept)> CountAsync(RecordReader<Click> reader)
                {
                    HashSet<long> users = [];
                    List<Click[]> kept = [];
                    await foreach (ReadOnlyMemory<Click> batch in reader)
                    {
                        int half = batch.Length / 2;
                        Task<long[]> low = Task.Run(() => Distinct(batch[..half]));
                        Task<long[]> high = Task.Run(() => Distinct(batch[half..]));
                        foreach (long[] part in await Task.WhenAll(low, high))
                        {
                            users.UnionWith(part);
                        }

                        if (kept.Count < 3)
                        {
                            kept.Add(batch.ToArray());
                        }
                    }

                    return (users.Count, kept);
                }

                private static long[] Distinct(ReadOnlyMemory<Click> clicks)
                {
                    HashSet<long> all = [];
                    foreach (Click click in clicks.Span)
                    {
                        all.Add(click.User);
                    }

                    return [.. all];
                }
            }
            """,
    };
}
