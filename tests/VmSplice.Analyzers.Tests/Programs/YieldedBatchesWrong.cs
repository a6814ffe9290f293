namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Batches that an iterator yields.</summary>
internal sealed class YieldedBatchesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BatchYieldedThenTheNextIsRead"] = """
            public static class Yielded
            {
                public static IEnumerable<ReadOnlyMemory<Tick>> Pairs(RecordReader<Tick> reader)
                {
                    ReadOnlyMemory<Tick> previous = default;
                    while (true)
                    {
                        ReadOnlyMemory<Tick> batch = reader.ReadBatchAsync().AsTask().Result;
                        if (batch.IsEmpty)
                        {
                            yield break;
                        }

                        if (!previous.IsEmpty)
                        {
                            yield return previous; //~VMS2003
                        }

                        previous = batch;
                    }
                }
            }
            """,
    };
}
