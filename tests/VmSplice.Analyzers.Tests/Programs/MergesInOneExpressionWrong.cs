namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Two readers side by side, of which one expression reads one or the other.</summary>
internal sealed class MergesInOneExpressionWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OldBatchOfTheSideThatMoved"] = """
            public static class OldSide
            {
                public static async Task<double> SumAsync(RecordReader<Tick> a, RecordReader<Tick> b)
                {
                    ReadOnlyMemory<Tick> left = await a.ReadBatchAsync();
                    ReadOnlyMemory<Tick> right = await b.ReadBatchAsync();
                    ReadOnlyMemory<Tick> first = left;
                    double sum = 0;
                    while (!left.IsEmpty && !right.IsEmpty)
                    {
                        (left, right) = (await a.ReadBatchAsync(), right);
                        sum += first.Span[0].Price; //~VMS2003
                    }

                    return sum;
                }
            }
            """,
    };
}
