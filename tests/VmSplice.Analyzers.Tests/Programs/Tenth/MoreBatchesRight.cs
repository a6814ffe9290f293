namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Records that are read in time.</summary>
internal sealed class MoreBatchesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ShardSearch"] = """
            namespace Search.Shards;

            [Spliceable]
            public partial struct Query
            {
                public long Term;
                public int From;
                public int Count;
            }

            [Spliceable]
            public partial struct Hit
            {
                public long Document;
                public double Score;
            }

            /// <summary>Each question is flushed before its answer is waited for; the last answers come behind the end of the questions.</summary>
            public static class ShardSearch
            {
                public static Dictionary<long, double> Ask(SpliceLink shard, IReadOnlyList<long> terms, int count)
                {
                    using RecordWriter<Query> queries = Query.CreateWriter(shard.Writer);
                    using RecordReader<Hit> hits = Hit.CreateReader(shard.Reader);
                    Dictionary<long, double> scores = [];
                    for (int i = 0; i < terms.Count; i++)
                    {
                        ref Query query = ref queries.Next();
                        query.Term = terms[i];
                        query.Count = count;
                        if (i == terms.Count - 1)
                        {
                            break;
                        }

                        queries.Flush();
                        ReadOnlySpan<Hit> found = hits.ReadBatch();
                        foreach (ref readonly Hit hit in found)
                        {
                            scores[hit.Document] = scores.GetValueOrDefault(hit.Document) + hit.Score;
                        }
                    }

                    queries.Complete();
                    foreach (ref readonly Hit hit in hits)
                    {
                        scores[hit.Document] = scores.GetValueOrDefault(hit.Document) + hit.Score;
                    }

                    return scores;
                }
            }
            """,
    };
}
